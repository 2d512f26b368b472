#include "docker/query.h"

#include <stdlib.h>

#include "check.h"

static struct arena arena;

static struct query parse(struct str raw)
{
    struct query query;
    struct refusal refusal;

    CHECK(query_parse(raw, &arena, &query, &refusal) == 0);
    return query;
}

static void keeps_order_and_decodes_keys_and_values(void)
{
    struct query query = parse(STR("from%49mage=a%2Fb&t=1&&t=&flag&x+y=1+2&a=b=c&=v"));

    CHECK(query.count == 7);
    CHECK_STR(query_first(&query, STR("fromImage")), "a/b");
    CHECK_STR(query.params[1].value, "1");
    CHECK_STR(query.params[2].value, "");
    CHECK_STR(query.params[3].key, "flag");
    CHECK_STR(query_first(&query, STR("x y")), "1 2");
    CHECK_STR(query_first(&query, STR("a")), "b=c");
    CHECK_STR(query_first(&query, STR("")), "v");
}

static void takes_the_first_where_one_is_wanted_and_all_where_all_are(void)
{
    struct query query = parse(STR("t=one&T=other&t=two"));
    struct str value = STR("");
    size_t at = 0;

    CHECK_STR(query_first(&query, STR("t")), "one");
    CHECK(query_count(&query, STR("t")) == 2);
    CHECK(query_next(&query, STR("t"), &at, &value));
    CHECK_STR(value, "one");
    CHECK(query_next(&query, STR("t"), &at, &value));
    CHECK_STR(value, "two");
    CHECK(!query_next(&query, STR("t"), &at, &value));
}

static void what_is_absent_is_empty(void)
{
    struct query query = parse(STR("&&&"));

    CHECK(query.count == 0);
    CHECK_STR(query_first(&query, STR("t")), "");
    CHECK(query_count(&query, STR("t")) == 0);
    CHECK(!query_bool(&query, STR("t")));
}

static void reads_booleans_as_the_engine_does(void)
{
    static const struct str falses[] = {
        STR_INIT("v="),
        STR_INIT("v"),
        STR_INIT("v=0"),
        STR_INIT("v=no"),
        STR_INIT("v=No"),
        STR_INIT("v=FALSE"),
        STR_INIT("v=none"),
        STR_INIT("v=+false+"),
        STR_INIT("v=%20%09%0A0"),
        STR_INIT("v=%C2%A00"),
        STR_INIT("v=no%E3%80%80%E2%80%8A"),
        STR_INIT("v=0&v=1"),
        STR_INIT("V=1"),
    };
    static const struct str trues[] = {
        STR_INIT("v=1"),     STR_INIT("v=true"),  STR_INIT("v=banana"),      STR_INIT("v=00"),
        STR_INIT("v=nope"),  STR_INIT("v=f"),     STR_INIT("v=n%C2o"),       STR_INIT("v=%000"),
        STR_INIT("v=n%20o"), STR_INIT("v=1&v=0"), STR_INIT("v=%E2%80%8Bno"),
    };
    struct query query;

    for (size_t i = 0; i < sizeof(falses) / sizeof(falses[0]); i++) {
        query = parse(falses[i]);
        CHECK(!query_bool(&query, STR("v")));
    }
    for (size_t i = 0; i < sizeof(trues) / sizeof(trues[0]); i++) {
        query = parse(trues[i]);
        CHECK(query_bool(&query, STR("v")));
    }
}

static void refuses_what_engines_read_differently(void)
{
    static const struct str bad[] = {STR_INIT("a=1;b=2"), STR_INIT(";"), STR_INIT("a=%"),
                                     STR_INIT("%zz=1"), STR_INIT("a=1&b=%4")};
    struct query query;
    struct refusal refusal;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        CHECK(query_parse(bad[i], &arena, &query, &refusal) == -1);
        CHECK_STR(refusal.id, "request.query");
        CHECK(refusal.msg.len > 0 && refusal.fix.len > 0);
    }
    query = parse(STR("a=%3B%26%3D"));
    CHECK_STR(query_first(&query, STR("a")), ";&=");
}

/* Parse a query of count pieces: that one, with "&" between them. */
static int parse_many(size_t count, char piece, struct refusal *refusal)
{
    size_t len = 2 * count - 1;
    char *raw = calloc(len, 1);
    struct query query;

    CHECK(raw);
    for (size_t i = 0; i < len; i++)
        raw[i] = i % 2 ? '&' : piece;

    int result = query_parse((struct str){raw, len}, &arena, &query, refusal);
    free(raw);
    return result;
}

static void takes_as_many_as_go_does(void)
{
    struct refusal refusal;

    CHECK(parse_many(10000, 'a', &refusal) == 0);
    CHECK(parse_many(10001, 'a', &refusal) == -1);
    CHECK_STR(refusal.id, "request.query");
}

/* Go counts what stands between two "&", even when that is nothing. */
static void counts_empty_pieces_as_go_does(void)
{
    struct refusal refusal;

    CHECK(parse_many(5000, '&', &refusal) == 0); /* 9999 times "&" */
    CHECK(parse_many(5001, '&', &refusal) == -1);
    CHECK_STR(refusal.id, "request.query");
}

static void says_when_the_arena_is_full(void)
{
    struct arena small;
    struct query query;
    struct refusal refusal;
    struct err err;

    CHECK(arena_init(&small, 4096, &err) == 0);
    while (arena_alloc(&small, 16))
        ;
    CHECK(query_parse(STR("a=1"), &small, &query, &refusal) == -1);
    CHECK_STR(refusal.id, "request.too-complex");
    arena_done(&small);
}

int main(void)
{
    struct err err;

    CHECK(arena_init(&arena, 4 << 20, &err) == 0);
    keeps_order_and_decodes_keys_and_values();
    takes_the_first_where_one_is_wanted_and_all_where_all_are();
    what_is_absent_is_empty();
    reads_booleans_as_the_engine_does();
    refuses_what_engines_read_differently();
    takes_as_many_as_go_does();
    counts_empty_pieces_as_go_does();
    says_when_the_arena_is_full();
    arena_done(&arena);
    return 0;
}
