#include "docker/path_clean.h"

#include "check.h"

static const struct {
    const char *path;
    const char *clean;
} cases[] = {
    {"", "."},
    {".", "."},
    {"./", "."},
    {"..", ".."},
    {"../", ".."},
    {"../..", "../.."},
    {"a/..", "."},
    {"a/../..", ".."},
    {"a/../../b", "../b"},
    {"../a/..", ".."},
    {"../../a/b/../c", "../../a/c"},
    {"a//b", "a/b"},
    {"./a", "a"},
    {"/", "/"},
    {"//", "/"},
    {"/.", "/"},
    {"/..", "/"},
    {"/../etc", "/etc"},
    {"/etc", "/etc"},
    {"/etc/", "/etc"},
    {"/etc/.", "/etc"},
    {"/etc/..", "/"},
    {"/etc/../", "/"},
    {"/srv/data/../../etc", "/etc"},
    {"//run//docker.sock", "/run/docker.sock"},
    {"/a/b/../../../c", "/c"},
    {"/proc/self/root", "/proc/self/root"},
    {"/...", "/..."},
    {"/.hidden", "/.hidden"},
    {"/a\\..\\b", "/a\\..\\b"},
    {" /etc", " /etc"},
};

static void cleans_as_go_does(struct arena *arena)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str got = path_clean(arena, str_from(cases[i].path));

        check_that(str_eq(got, str_from(cases[i].clean)), __FILE__, __LINE__, cases[i].path);
        CHECK(str_eq(path_clean(arena, got), got));
    }
    CHECK_STR(path_clean(arena, STR("/a\0/../b")), "/b");
    CHECK_STR(path_clean(arena, STR("/a/./\0")), "/a/\0");
}

static void borrows_what_is_clean(struct arena *arena)
{
    const char *path = "/srv/data";

    CHECK(path_clean(arena, str_from(path)).ptr == path);
}

static void says_which_paths_climb(void)
{
    CHECK(path_clean_climbs(STR("..")));
    CHECK(path_clean_climbs(STR("../x")));
    CHECK(path_clean_climbs(STR("a/../../b")));
    CHECK(path_clean_climbs(STR("a/./../..//b")));
    CHECK(!path_clean_climbs(STR("")));
    CHECK(!path_clean_climbs(STR("a/..")));
    CHECK(!path_clean_climbs(STR("a/b/../c")));
    CHECK(!path_clean_climbs(STR("..a/b")));
    CHECK(!path_clean_climbs(STR("/../x")));
}

static void says_when_memory_ends(void)
{
    struct arena none = {0};

    CHECK(path_clean(&none, STR("/a/..")).ptr == NULL);
    CHECK_STR(path_clean(&none, STR("/a")), "/a");
}

int main(void)
{
    struct arena arena;
    struct err err;

    CHECK(arena_init(&arena, 1 << 16, &err) == 0);
    cleans_as_go_does(&arena);
    borrows_what_is_clean(&arena);
    says_which_paths_climb();
    says_when_memory_ends();
    arena_done(&arena);
    return 0;
}
