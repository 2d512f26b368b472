#include "policy/message.h"

#include "check.h"

static struct arena arena;

static void cleans_texts(void)
{
    CHECK_STR(message_clean(&arena, STR("a\nb\t\x7f\0c"), 100), "a b   c");
    CHECK_STR(message_clean(&arena, STR("é\xff\xc3"), 100), "é??");
    CHECK_STR(message_clean(&arena, STR("12345"), 5), "12345");
    CHECK_STR(message_clean(&arena, STR("123456"), 5), "12345…");
    CHECK_STR(message_clean(&arena, STR("1234é"), 5), "1234…");
    CHECK_STR(message_clean(&arena, STR(""), 5), "");
}

static void writes_a_line_for_each_finding(void)
{
    struct message message = {.len = 0};

    message_add(&message, STR("a.b"), STR("x is wrong."), STR("F[1]"), STR("do y."));
    message_add(&message, STR("c.d"), STR("z"), STR(""), STR(""));
    CHECK_STR(message_end(&message, &arena), "[a.b] x is wrong (F[1]). Fix: do y.\n[c.d] z.");
}

/* Lines of 101 bytes: as many as fit beside the words about the rest. */
static void counts_what_is_too_much(void)
{
    struct message message = {.len = 0};
    char words[96];
    struct str whole;

    memset(words, 'x', sizeof words);
    for (int i = 0; i < 39; i++)
        message_add(&message, STR("a"), (struct str){words, sizeof words}, STR(""), STR(""));
    CHECK(message.untold == 0);
    for (int i = 0; i < 12; i++)
        message_add(&message, STR("a"), (struct str){words, sizeof words}, STR(""), STR(""));
    message_add(&message, STR("a"), STR("short"), STR(""), STR(""));
    whole = message_end(&message, &arena);
    CHECK(whole.len <= MESSAGE_MAX_BYTES);
    CHECK(str_ends(whole, STR(".\n… and 13 more")));
}

int main(void)
{
    struct err err;

    CHECK(arena_init(&arena, 1 << 16, &err) == 0);
    cleans_texts();
    writes_a_line_for_each_finding();
    counts_what_is_too_much();
    arena_done(&arena);
    return 0;
}
