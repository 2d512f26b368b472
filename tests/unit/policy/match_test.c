#include "policy/match.h"

#include <ctype.h>
#include <stdlib.h>

#include "check.h"
#include "policy/match_set.h"

enum { ITEMS = 512 };

/* The outcome of one search from the start, and the steps it took. */
static enum match_outcome search(struct str pattern, struct str subject, uint64_t *steps,
                                 struct match *match)
{
    struct match_item items[ITEMS];
    struct match_pattern compiled = {.items = items, .room = ITEMS};
    uint64_t left = *steps;
    enum match_outcome outcome;

    CHECK(match_compile(pattern, MATCH_PATTERN, &compiled) <= ITEMS);
    outcome = match_find(&compiled, subject, 0, MATCH_ANY_END, &left, match);
    *steps -= left;
    return outcome;
}

static void classes_are_those_of_the_c_locale(void)
{
    static const struct {
        char letter;
        int (*is)(int);
    } classes[] = {
        {'a', isalpha}, {'c', iscntrl}, {'d', isdigit}, {'g', isgraph}, {'l', islower},
        {'p', ispunct}, {'s', isspace}, {'u', isupper}, {'w', isalnum}, {'x', isxdigit},
    };

    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        uint64_t set[4] = {0}, inverse[4] = {0};

        CHECK(match_set_add_class(set, classes[i].letter));
        CHECK(match_set_add_class(inverse, (char)toupper(classes[i].letter)));
        for (int c = 0; c < 256; c++) {
            CHECK(match_set_has(set, (char)c) == (classes[i].is(c) != 0));
            CHECK(match_set_has(inverse, (char)c) == (classes[i].is(c) == 0));
        }
    }
    CHECK(!match_set_add_class((uint64_t[4]){0}, 'q'));
    CHECK(!match_set_add_class((uint64_t[4]){0}, '.'));
}

static void ends_when_the_steps_are_spent(void)
{
    struct match match;
    uint64_t needed = 1000, steps;

    CHECK(search(STR("(%a+)-(%d+)$"), STR("web-12"), &needed, &match) == MATCH_YES);
    CHECK(needed > 0 && needed < 100);
    for (uint64_t most = 0; most <= needed; most++) {
        steps = most;
        CHECK(search(STR("(%a+)-(%d+)$"), STR("web-12"), &steps, &match) ==
              (most < needed ? MATCH_SPENT : MATCH_YES));
    }
}

/* Patterns that hold Lua's own matcher for seconds to hours on 64 KiB of the byte before them. */
static void attacks_end_with_the_budget(void)
{
    static const struct {
        char fill;
        const char *pattern;
    } attacks[] = {
        {'a', "(.-).-.-.-.-.-.-.-.-.-.-.-.-.-.-.-.-.-.-.-b"},
        {'a', "^.*.*.*.*.*.*.*.*b"},
        {' ', "^(.-)%s*$"},
        {' ', "%s+$"},
        {'a', "a*a*a*a*a*a*a*b"},
        {'a', "^a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?[ab]-[ab]-b"},
        {'a', "(a*)(a*)%1%2b"},
        {'(', "%b()"},
        {'a', "()a-()b"},
        {'a', "(.-)%1b"},
        {'a', "[^b]-b"},
    };
    enum { SUBJECT_BYTES = 65536 };
    char *bytes = malloc(SUBJECT_BYTES);

    CHECK(bytes != NULL);
    for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++) {
        struct match match;
        uint64_t steps = 1000000;

        memset(bytes, attacks[i].fill, SUBJECT_BYTES);
        bytes[SUBJECT_BYTES - 1] = 'x';
        CHECK(search(str_from(attacks[i].pattern), (struct str){bytes, SUBJECT_BYTES}, &steps,
                     &match) == MATCH_SPENT);
    }
    free(bytes);
}

static void a_lazy_run_that_fails_once_is_not_tried_again(void)
{
    struct match match;
    uint64_t steps = 100000;
    char *bytes = malloc(65536);

    CHECK(bytes != NULL);
    memset(bytes, 'a', 65536);
    CHECK(search(STR(".-b"), (struct str){bytes, 65536}, &steps, &match) == MATCH_NO);
    CHECK(steps < UINT64_C(3) * 65536);
    free(bytes);
}

/* `text`, two bytes, `count` times into out. */
static struct str pairs(char *out, const char text[3], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        out[2 * i] = text[0];
        out[2 * i + 1] = text[1];
    }
    return (struct str){out, 2 * count};
}

static void holds_up_to_the_limit_of_choices(void)
{
    char text[2 * (MATCH_CHOICES_MAX + 1)], bytes[MATCH_CHOICES_MAX + 1];
    struct str subject = {bytes, sizeof bytes};
    struct match match;
    uint64_t steps = 1000000;

    memset(bytes, 'a', sizeof bytes);
    CHECK(search(pairs(text, "a?", MATCH_CHOICES_MAX), subject, &steps, &match) == MATCH_YES);
    steps = 1000000;
    CHECK(search(pairs(text, "a?", MATCH_CHOICES_MAX + 1), subject, &steps, &match) == MATCH_FAULT);
    CHECK(strcmp(match.fault, "pattern too complex") == 0);
}

static void says_how_much_room_a_pattern_needs(void)
{
    struct match_item items[3];
    struct match_pattern pattern = {.items = items, .room = 3};

    CHECK(match_compile(STR("abc%.def.*"), MATCH_PATTERN, &pattern) == 4);
    CHECK(match_compile(STR("abc.*"), MATCH_PATTERN, &pattern) == 3);
    CHECK(match_compile(STR("^abc"), MATCH_PATTERN, &pattern) == 2 && pattern.anchored);
    CHECK(match_compile(STR("^abc"), MATCH_NO_ANCHOR, &pattern) == 2 && !pattern.anchored);
    CHECK(match_compile(STR(""), MATCH_PATTERN, &pattern) == 1);
}

static void takes_32_captures_and_no_more(void)
{
    char text[2 * (MATCH_COMPILE_CAPTURES_MAX + 1)];
    struct match match;
    uint64_t steps = 1000;

    CHECK(search(pairs(text, "()", MATCH_COMPILE_CAPTURES_MAX), STR("x"), &steps, &match) ==
          MATCH_YES);
    CHECK(match.count == MATCH_COMPILE_CAPTURES_MAX);
    steps = 1000;
    CHECK(search(pairs(text, "()", MATCH_COMPILE_CAPTURES_MAX + 1), STR("x"), &steps, &match) ==
          MATCH_FAULT);
    CHECK(strcmp(match.fault, "too many captures") == 0);
}

int main(void)
{
    classes_are_those_of_the_c_locale();
    ends_when_the_steps_are_spent();
    attacks_end_with_the_budget();
    a_lazy_run_that_fails_once_is_not_tried_again();
    holds_up_to_the_limit_of_choices();
    says_how_much_room_a_pattern_needs();
    takes_32_captures_and_no_more();
    return 0;
}
