#include "policy/glob.h"

#include <stdint.h>
#include <stdlib.h>

#include "check.h"

static bool covers(const char *pattern, const char *s)
{
    return glob_match(str_from(pattern), str_from(s));
}

static void takes_plain_text_as_it_is(void)
{
    CHECK(covers("container.create", "container.create"));
    CHECK(!covers("container.create", "container.created"));
    CHECK(!covers("container.create", "container.creat"));
    CHECK(!covers("a", "A"));
    CHECK(covers("[a]^$.+\\", "[a]^$.+\\"));
    CHECK(covers("", ""));
    CHECK(!covers("", "a"));
    CHECK(!covers("a", ""));
}

static void lets_a_star_stand_for_any_run(void)
{
    CHECK(covers("*", ""));
    CHECK(covers("*", "a/b.c"));
    CHECK(covers("container.*", "container.create"));
    CHECK(covers("container.*", "container."));
    CHECK(!covers("container.*", "container"));
    CHECK(!covers("container.*", "xcontainer.create"));
    CHECK(covers("registry.example.com/team/*", "registry.example.com/team/web/api"));
    CHECK(!covers("registry.example.com/team/*", "registry.example.com/teams/web"));
    CHECK(!covers("registry.example.com/team/*", "evil.org/registry.example.com/team/web"));
    CHECK(covers("*.list", "image.list"));
    CHECK(!covers("*.list", "image.lists"));
    CHECK(covers("a*b*c", "abc"));
    CHECK(covers("a*b*c", "axbxbxc"));
    CHECK(!covers("a*b*c", "axcxb"));
    CHECK(covers("**", ""));
    CHECK(covers("a**b", "ab"));
    CHECK(covers("*ab", "aab"));
    CHECK(!covers("ab*ba", "aba"));
    CHECK(covers("ab*ba", "abba"));
}

static void lets_a_question_mark_stand_for_one_byte(void)
{
    CHECK(covers("?", "a"));
    CHECK(!covers("?", ""));
    CHECK(!covers("?", "ab"));
    CHECK(covers("web-??", "web-01"));
    CHECK(!covers("web-??", "web-1"));
    CHECK(covers("*-?-*", "a-b-c"));
    CHECK(covers("*-?-*", "x--y-"));
    CHECK(!covers("*-?-*", "a-bb-c"));
    CHECK(covers("*?", "a"));
    CHECK(!covers("*?", ""));
    CHECK(covers("*a?c*", "aaaabc"));
    CHECK(covers("?*?", "ab"));
    CHECK(!covers("?*?", "a"));
    CHECK(covers("*?*", "a"));
    CHECK(!covers("*?*", ""));
}

static void takes_a_zero_byte_as_data(void)
{
    CHECK(!glob_match(STR("a"), STR("a\0b")));
    CHECK(glob_match(STR("a*b"), STR("a\0b")));
    CHECK(glob_match(STR("a?b"), STR("a\0b")));
}

/* What a glob means, said in the simplest way. */
static bool by_definition(struct str pattern, struct str s)
{
    if (pattern.len == 0)
        return s.len == 0;
    if (pattern.ptr[0] == '*')
        return by_definition(str_skip(pattern, 1), s) ||
               (s.len > 0 && by_definition(pattern, str_skip(s, 1)));
    return s.len > 0 && (pattern.ptr[0] == '?' || pattern.ptr[0] == s.ptr[0]) &&
           by_definition(str_skip(pattern, 1), str_skip(s, 1));
}

static void agrees_with_the_definition(void)
{
    uint32_t seed = 1;
    int matched = 0;

    for (int round = 0; round < 100000; round++) {
        char pattern[6], s[8];
        struct str p = {pattern, 0}, text = {s, 0};

        seed = seed * 1664525 + 1013904223;
        for (uint32_t bits = seed >> 8; p.len < (seed >> 29) % 7; bits /= 4)
            pattern[p.len++] = "ab*?"[bits % 4];
        for (uint32_t bits = seed >> 3; text.len < (seed >> 26) % 8; bits /= 2)
            s[text.len++] = "ab"[bits % 2];
        CHECK(glob_match(p, text) == by_definition(p, text));
        matched += glob_match(p, text);
    }
    CHECK(matched > 10000);
}

int main(void)
{
    takes_plain_text_as_it_is();
    lets_a_star_stand_for_any_run();
    lets_a_question_mark_stand_for_one_byte();
    takes_a_zero_byte_as_data();
    agrees_with_the_definition();
    return 0;
}
