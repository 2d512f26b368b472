#include "docker/line.h"

#include "check.h"

static struct arena arena;

struct plain {
    struct str uri;
    struct str path;
    struct str api;
    unsigned major, minor;
};

/* What the engine takes, however it is spelled, comes out plain. */
static void reads_targets_as_the_engine_does(void)
{
    static const struct plain cases[] = {
        {STR_INIT("/_ping"), STR_INIT("/_ping"), STR_INIT(""), 0, 0},
        {STR_INIT("/v1.41/containers/json?all=1"), STR_INIT("/containers/json"), STR_INIT("1.41"),
         1, 41},
        {STR_INIT("/v1.24/info"), STR_INIT("/info"), STR_INIT("1.24"), 1, 24},
        {STR_INIT("/v1.9999/info"), STR_INIT("/info"), STR_INIT("1.9999"), 1, 9999},
        {STR_INIT("/v2.0/info"), STR_INIT("/info"), STR_INIT("2.0"), 2, 0},
        {STR_INIT("/v999999999.999999999/info"), STR_INIT("/info"), STR_INIT("999999999.999999999"),
         999999999, 999999999},
        {STR_INIT("/v1.41/containers/%63reate"), STR_INIT("/containers/create"), STR_INIT("1.41"),
         1, 41},
        {STR_INIT("/%761.41%2Fcontainers%2fcreate"), STR_INIT("/containers/create"),
         STR_INIT("1.41"), 1, 41},
        {STR_INIT("/containers/a+b/json"), STR_INIT("/containers/a+b/json"), STR_INIT(""), 0, 0},
        {STR_INIT("/containers/a/b/start"), STR_INIT("/containers/a/b/start"), STR_INIT(""), 0, 0},
        {STR_INIT("/networks/"), STR_INIT("/networks/"), STR_INIT(""), 0, 0},
        {STR_INIT("/v1.41/networks/"), STR_INIT("/networks/"), STR_INIT("1.41"), 1, 41},
        {STR_INIT("/images/a:b@sha256:c/json"), STR_INIT("/images/a:b@sha256:c/json"), STR_INIT(""),
         0, 0},
        {STR_INIT("/containers/...a/json"), STR_INIT("/containers/...a/json"), STR_INIT(""), 0, 0},
        {STR_INIT("/containers/%FF/json"), STR_INIT("/containers/\xff/json"), STR_INIT(""), 0, 0},
        {STR_INIT("/%2561"), STR_INIT("/%61"), STR_INIT(""), 0, 0},
        /* Not a version to the engine, so not one here; no route has such a path. */
        {STR_INIT("/V1.41/info"), STR_INIT("/V1.41/info"), STR_INIT(""), 0, 0},
        {STR_INIT("/v1.41"), STR_INIT("/v1.41"), STR_INIT(""), 0, 0},
        {STR_INIT("/volumes"), STR_INIT("/volumes"), STR_INIT(""), 0, 0},
        {STR_INIT("/v1.41x/info"), STR_INIT("/v1.41x/info"), STR_INIT(""), 0, 0},
        {STR_INIT("/v/info"), STR_INIT("/v/info"), STR_INIT(""), 0, 0},
        {STR_INIT("/v1.41/v1.41/info"), STR_INIT("/v1.41/info"), STR_INIT("1.41"), 1, 41},
        {STR_INIT("/v1.41/"), STR_INIT("/"), STR_INIT("1.41"), 1, 41},
        {STR_INIT("/"), STR_INIT("/"), STR_INIT(""), 0, 0},
        {STR_INIT("/?"), STR_INIT("/"), STR_INIT(""), 0, 0},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct line line;
        struct refusal refusal;

        CHECK(line_parse(cases[i].uri, &arena, &line, &refusal) == 0);
        CHECK(str_eq(line.path, cases[i].path));
        CHECK(str_eq(line.api, cases[i].api));
        CHECK(line.api_major == cases[i].major && line.api_minor == cases[i].minor);
    }
}

struct odd {
    struct str uri;
    struct str id;
};

#define TARGET(uri_)                                                                               \
    {                                                                                              \
        STR_INIT(uri_), STR_INIT("request.target")                                                 \
    }
#define VERSION(uri_)                                                                              \
    {                                                                                              \
        STR_INIT(uri_), STR_INIT("request.version")                                                \
    }
#define QUERY(uri_)                                                                                \
    {                                                                                              \
        STR_INIT(uri_), STR_INIT("request.query")                                                  \
    }

static const struct odd odd_targets[] = {
    TARGET(""),
    TARGET("containers/json"),
    TARGET("*"),
    TARGET("?a=b"),
    TARGET("http://any/v1.41/containers/json"),
    TARGET("auth:/v1.41/containers/json"),
    TARGET("http://u:p@h/v1.41/info"),
    TARGET("/v1.41/info#"),
    TARGET("/v1.41/info?a=b#c"),
    TARGET("#/v1.41/info"),
    TARGET("/info\xef\xbf\xbd"),
    TARGET("/info?a=\xef\xbf\xbd"),
    TARGET("/inf\x7fo"),
    TARGET("/info "),
    TARGET("/info\0"),
    TARGET("/info\t"),
    TARGET("/caf\xc3\xa9"),
    TARGET("/info%"),
    TARGET("/info%4"),
    TARGET("/%zz"),
    TARGET("/containers/%00/json"),
    TARGET("/containers/a%0ab/json"),
    TARGET("/containers/a%1Fb/json"),
    TARGET("/containers/a%7f/json"),
    TARGET("//containers/json"),
    TARGET("/containers//json"),
    TARGET("/containers/%2Fweb/json"),
    TARGET("/%2e%2e/json"),
    TARGET("/containers/./json"),
    TARGET("/containers/%2e/json"),
    TARGET("/containers/../json"),
    TARGET("/containers/."),
    TARGET("/containers/.."),
    TARGET("/v1.41//info"),
    TARGET("//"),
    VERSION("/v1.23/containers/a/start"),
    VERSION("/v1.4/info"),
    VERSION("/v1/info"),
    VERSION("/v0.99/info"),
    VERSION("/v01.041/info"),
    VERSION("/v1.041/info"),
    VERSION("/v01.41/info"),
    VERSION("/v1.41.0/info"),
    VERSION("/v1.41./info"),
    VERSION("/v1./info"),
    VERSION("/v.41/info"),
    VERSION("/v./info"),
    VERSION("/v1..41/info"),
    VERSION("/v1.1234567890/info"),
    VERSION("/v4294967297.41/info"),
    VERSION("/%761.23%2finfo"),
    QUERY("/info?a=1;b=2"),
    QUERY("/info?a=%"),
    QUERY("/info?%zz"),
};

static void refuses_odd_targets_and_says_how_to_send_them_plainly(void)
{
    for (size_t i = 0; i < sizeof(odd_targets) / sizeof(odd_targets[0]); i++) {
        struct line line;
        struct refusal refusal;

        CHECK(line_parse(odd_targets[i].uri, &arena, &line, &refusal) == -1);
        CHECK(str_eq(refusal.id, odd_targets[i].id));
        CHECK(refusal.msg.len > 0 && refusal.fix.len > 0);
    }
}

static void splits_at_the_first_question_mark(void)
{
    struct line line;
    struct refusal refusal;

    CHECK(line_parse(STR("/images/create?fromImage=a?b&tag=%3F"), &arena, &line, &refusal) == 0);
    CHECK_STR(line.path, "/images/create");
    CHECK_STR(query_first(&line.query, STR("fromImage")), "a?b");
    CHECK_STR(query_first(&line.query, STR("tag")), "?");
    CHECK(line_parse(STR("/a%3Fb?c=d"), &arena, &line, &refusal) == 0);
    CHECK_STR(line.path, "/a?b");
}

int main(void)
{
    struct err err;

    CHECK(arena_init(&arena, 1 << 20, &err) == 0);
    reads_targets_as_the_engine_does();
    refuses_odd_targets_and_says_how_to_send_them_plainly();
    splits_at_the_first_question_mark();
    arena_done(&arena);
    return 0;
}
