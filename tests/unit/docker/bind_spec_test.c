#include "docker/bind_spec.h"

#include "check.h"

static const struct {
    const char *text;
    const char *source;
    const char *target;
    const char *propagation;
    enum bind_kind kind;
    bool readonly;
} taken[] = {
    {"/etc:/x", "/etc", "/x", "", BIND_PATH, false},
    {"/etc:/x:ro", "/etc", "/x", "", BIND_PATH, true},
    {"/etc:/x:rw", "/etc", "/x", "", BIND_PATH, false},
    {"/etc:/x:", "/etc", "/x", "", BIND_PATH, false},
    {"/etc:/x:ro,rshared,z", "/etc", "/x", "rshared", BIND_PATH, true},
    {"/etc:/x:rslave,ro", "/etc", "/x", "rslave", BIND_PATH, true},
    {"/etc:/x:cached", "/etc", "/x", "", BIND_PATH, false},
    {"/srv/../etc:/x", "/srv/../etc", "/x", "", BIND_PATH, false},
    {"//:/x", "//", "/x", "", BIND_PATH, false},
    {"data:/x", "data", "/x", "", BIND_VOLUME, false},
    {"data:/x:nocopy,ro", "data", "/x", "", BIND_VOLUME, true},
    {"~:/x", "~", "/x", "", BIND_VOLUME, false},
    {"\\etc:/x", "\\etc", "/x", "", BIND_VOLUME, false},
    {" /etc:/x", " /etc", "/x", "", BIND_VOLUME, false},
    {"/x", "", "/x", "", BIND_ANONYMOUS, false},
    {"/etc:/b, /c", "/etc", "/b, /c", "", BIND_PATH, false},
};

static void reads_what_engines_take(void)
{
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++) {
        struct bind_spec spec = bind_spec_parse(str_from(taken[i].text));

        check_that(spec.valid && spec.kind == taken[i].kind &&
                       str_eq(spec.source, str_from(taken[i].source)) &&
                       str_eq(spec.target, str_from(taken[i].target)) &&
                       spec.readonly == taken[i].readonly &&
                       str_eq(spec.propagation, str_from(taken[i].propagation)),
                   __FILE__, __LINE__, taken[i].text);
    }
}

static const char *const refused[] = {
    "",
    ":",
    ":/x",
    "/etc:/x:ro:z",
    "/etc:/x:RO",
    "/etc:/x: ro",
    "/a:ro",
    "/a:rw",
    "/etc:/x:ro,rw",
    "/etc:/x:z,Z",
    "/etc:/x:ro,",
    "/etc:/x:,",
    "/a:b:c",
    "/etc:/x:ro,ro",
    "/etc:/x:x-none",
    "/a:/b:/c:/d:/e",
    "/etc:/x:shared,slave",
};

static void marks_what_engines_refuse(void)
{
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        check_that(!bind_spec_parse(str_from(refused[i])).valid, __FILE__, __LINE__, refused[i]);
}

static void still_shows_what_it_looks_like(void)
{
    struct bind_spec spec = bind_spec_parse(STR("/etc:/x:ro:z"));

    CHECK(spec.kind == BIND_PATH);
    CHECK_STR(spec.source, "/etc");
    CHECK_STR(bind_spec_parse(STR("/\0:/x")).source, "/\0");
}

int main(void)
{
    reads_what_engines_take();
    marks_what_engines_refuse();
    still_shows_what_it_looks_like();
    return 0;
}
