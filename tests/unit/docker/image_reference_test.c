#include "docker/image_reference.h"

#include "check.h"

#define HEX64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define HEX63 "123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define NAME64 "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl"

#define TAG128 NAME64 NAME64

static const struct {
    const char *text;
    const char *registry, *repository, *tag, *digest;
    bool official;
} taken[] = {
    {"busybox", "docker.io", "library/busybox", "", "", true},
    {"busybox:1.36", "docker.io", "library/busybox", "1.36", "", true},
    {"library/busybox", "docker.io", "library/busybox", "", "", true},
    {"docker.io/busybox", "docker.io", "library/busybox", "", "", true},
    {"docker.io/library/busybox", "docker.io", "library/busybox", "", "", true},
    {"index.docker.io/busybox:x", "docker.io", "library/busybox", "x", "", true},
    {"index.docker.io/library/busybox", "docker.io", "library/busybox", "", "", true},
    {"grafana/grafana", "docker.io", "grafana/grafana", "", "", false},
    {"library/a/b", "docker.io", "library/a/b", "", "", false},
    {"docker.io:443/busybox", "docker.io:443", "busybox", "", "", false},
    {"registry-1.docker.io/x", "registry-1.docker.io", "x", "", "", false},
    {"DOCKER.IO/x", "DOCKER.IO", "x", "", "", false},
    {"Hub/x", "Hub", "x", "", "", false},
    {"localhost/x", "localhost", "x", "", "", false},
    {"localhost:5000/a/b:t", "localhost:5000", "a/b", "t", "", false},
    {"[::1]:5000/a", "[::1]:5000", "a", "", "", false},
    {"[2001:DB8::1]/a", "[2001:DB8::1]", "a", "", "", false},
    {"a.example.com/b@sha256:" HEX64, "a.example.com", "b", "", "sha256:" HEX64, false},
    {"b:t@sha256:" HEX64, "docker.io", "library/b", "t", "sha256:" HEX64, true},
    {"a.b__c/e-f", "a.b__c", "e-f", "", "", false},
    {"x/a.b__c---d_e", "docker.io", "x/a.b__c---d_e", "", "", false},
    {"abc123", "docker.io", "library/abc123", "", "", true},
    {"a:" TAG128, "docker.io", "library/a", TAG128, "", true},
    {"a:_.-", "docker.io", "library/a", "_.-", "", true},
};

static void check_taken(struct arena *arena, size_t i)
{
    struct image_reference ref;

    CHECK(image_reference_parse(arena, str_from(taken[i].text), &ref) == 0);
    check_that(ref.valid && !ref.is_id && str_eq(ref.registry, str_from(taken[i].registry)) &&
                   str_eq(ref.repository, str_from(taken[i].repository)) &&
                   str_eq(ref.tag, str_from(taken[i].tag)) &&
                   str_eq(ref.digest, str_from(taken[i].digest)) &&
                   ref.official == taken[i].official,
               __FILE__, __LINE__, taken[i].text);
}

static const char *const refused[] = {
    "",
    "Busybox",
    "docker.io/Busybox",
    " busybox",
    "busybox ",
    "https://example.com/x",
    "a//b",
    "/a",
    "a/",
    "a/b/",
    ":tag",
    "a:",
    "a:b:c",
    "a:-b",
    "a@",
    "a@sha256:abc",
    "a..b",
    "a___b",
    "-a",
    "a-",
    "a_",
    "-a.com/b",
    "a-.com/b",
    "a..com/b",
    "a.com:/b",
    "a.com:x/b",
    "[::1/b",
    "a.com/",
    "a\\b",
    "../a",
};

static bool is_refused(struct arena *arena, struct str text)
{
    struct image_reference ref;

    CHECK(image_reference_parse(arena, text, &ref) == 0);
    return !ref.valid;
}

static void marks_what_engines_refuse(struct arena *arena)
{
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        check_that(is_refused(arena, str_from(refused[i])), __FILE__, __LINE__, refused[i]);
    CHECK(is_refused(arena, STR("a\0b")));
    CHECK(is_refused(arena, STR("a:" TAG128 "x")));
    CHECK(is_refused(arena, STR("a@sha256:" HEX64 "0")));
    CHECK(is_refused(arena, STR("a@sha512:" HEX64)));
    CHECK(is_refused(arena, STR("a@sha256:A" HEX63)));
    CHECK(is_refused(arena, STR("a@sha256:" HEX64 ":tag")));
}

static bool is_id(struct arena *arena, struct str text)
{
    struct image_reference ref;

    CHECK(image_reference_parse(arena, text, &ref) == 0);
    return ref.is_id;
}

static bool may_be_id(struct arena *arena, struct str text)
{
    struct image_reference ref;

    CHECK(image_reference_parse(arena, text, &ref) == 0);
    return ref.may_be_id;
}

static void tells_ids_from_names(struct arena *arena)
{
    CHECK(is_id(arena, STR(HEX64)));
    CHECK(is_id(arena, STR("sha256:" HEX64)));
    CHECK(!is_id(arena, STR(HEX64 "0")));
    CHECK(!is_id(arena, STR("abc123")));
    CHECK(may_be_id(arena, STR("abc123")));
    CHECK(may_be_id(arena, STR("sha256:abc1")));
    CHECK(may_be_id(arena, STR(HEX64)));
    CHECK(!may_be_id(arena, STR("busybox")));
    CHECK(!may_be_id(arena, STR("abc:1")));
    CHECK(!may_be_id(arena, STR("")));
}

static void bounds_the_name(struct arena *arena)
{
    struct image_reference ref;

    /* 4 * 63 + 3 slashes is 255. */
    CHECK(image_reference_parse(arena,
                                STR("a.b/" NAME64 "/" NAME64 "/" NAME64 "/"
                                    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
                                    "abcdefgh"),
                                &ref) == 0);
    CHECK(ref.repository.len == 255 && ref.valid);
    CHECK(image_reference_parse(arena,
                                STR("a.b/" NAME64 "/" NAME64 "/" NAME64 "/"
                                    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
                                    "abcdefghi"),
                                &ref) == 0);
    CHECK(ref.repository.len == 256 && !ref.valid);
}

int main(void)
{
    struct arena arena;
    struct arena none = {0};
    struct image_reference ref;
    struct err err;

    CHECK(arena_init(&arena, 1 << 16, &err) == 0);
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++)
        check_taken(&arena, i);
    marks_what_engines_refuse(&arena);
    tells_ids_from_names(&arena);
    bounds_the_name(&arena);
    CHECK(image_reference_parse(&none, STR("busybox"), &ref) == -1);
    CHECK(image_reference_parse(&none, STR("a.b/c"), &ref) == 0);
    arena_done(&arena);
    return 0;
}
