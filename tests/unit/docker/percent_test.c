#include "docker/percent.h"

#include "check.h"

static struct arena arena;

static void decodes_once(void)
{
    CHECK_STR(percent_decode(STR("%2f%2F%61+b"), PERCENT_PATH, &arena), "//a+b");
    CHECK_STR(percent_decode(STR("%2561"), PERCENT_PATH, &arena), "%61");
    CHECK_STR(percent_decode(STR("a+b%2Bc"), PERCENT_QUERY, &arena), "a b+c");
    CHECK_STR(percent_decode(STR("%00%ff"), PERCENT_QUERY, &arena), "\0\xff");
    CHECK_STR(percent_decode(STR(""), PERCENT_QUERY, &arena), "");
}

static void borrows_what_has_nothing_to_decode(void)
{
    struct str plain = STR("/containers/json");

    CHECK(percent_decode(plain, PERCENT_PATH, &arena).ptr == plain.ptr);
}

static void tells_broken_escapes(void)
{
    static const struct str bad[] = {STR_INIT("%"),     STR_INIT("%a"),    STR_INIT("a%"),
                                     STR_INIT("%zz"),   STR_INIT("%a%"),   STR_INIT("%0x"),
                                     STR_INIT("%%41"),  STR_INIT("%-1"),   STR_INIT("%4\0"),
                                     STR_INIT("%41%4"), STR_INIT("%u0041")};

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        CHECK(!percent_valid(bad[i]));
    CHECK(percent_valid(STR("")));
    CHECK(percent_valid(STR("%41%aF")));
    CHECK(percent_valid(STR("plain")));
}

static void says_when_the_arena_is_full(void)
{
    struct arena small;
    struct err err;

    CHECK(arena_init(&small, 4096, &err) == 0);
    while (arena_alloc(&small, 16))
        ;
    CHECK(percent_decode(STR("%41"), PERCENT_PATH, &small).ptr == NULL);
    arena_done(&small);
}

int main(void)
{
    struct err err;

    CHECK(arena_init(&arena, 1 << 20, &err) == 0);
    decodes_once();
    borrows_what_has_nothing_to_decode();
    tells_broken_escapes();
    says_when_the_arena_is_full();
    arena_done(&arena);
    return 0;
}
