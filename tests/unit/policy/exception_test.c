#include "policy/exception.h"

#include "set_fixture.h"

/* What loading this text as a profile's exceptions finds. Line 2 is the first of the text. */
#define FINDS(text, loads, findings_)                                                              \
    do {                                                                                           \
        struct set_fixture fixture;                                                                \
        bool loaded = set_fixture_load(&fixture, SET_FIXTURE_OPEN, LIBRARY_RULE, SITE_RULE,        \
                                       "policy/policy.lua", PROFILE(text), NULL);                  \
        CHECK_STR(buffer_view(&fixture.findings), findings_);                                      \
        CHECK(loaded == (loads));                                                                  \
        set_fixture_done(&fixture);                                                                \
    } while (0)

#define LIBRARY_RULE                                                                               \
    "library/rules/container/devices.lua", "return rule { id = 'container.devices', on = '*',\n"   \
                                           "check = function() end }"
#define SITE_RULE                                                                                  \
    "policy/rules/a.lua", "return rule { id = 'site.a', on = '*', check = function() end }"
#define PROFILE(text)                                                                              \
    "return profile { id = 'site', extends = 'baseline', exceptions = {\n" text " } }"
#define REST "expires = '2999-12-31', reason = 'x' }"

static void takes_what_is_right(void)
{
    FINDS("", true, "");
    FINDS("{ id = 'a', rule = 'site.a', " REST, true, "");
    FINDS("{ id = 'A-1.b_c', rule = 'container.devices', user = 'ci-*', image = 'r.example/a',\n"
          "label = 'a=b=c', approved_by = 'bob', " REST,
          true, "");
    FINDS("{ id = 'a', rule = 'site.a', expires = '2999-12-31T18:00:00+01:00', reason = 'x' }",
          true, "");
    FINDS("{ id = 'a', rule = 'site.a', label = 'a=', image = '*', " REST, true, "");
    FINDS("{ id = 'a', rule = 'site.a', image = '*:debug', " REST, true, "");
}

static void names_what_is_missing_or_unknown(void)
{
    FINDS("{ rule = 'site.a', " REST, false,
          "policy.lua:1: exceptions: id: expected a name of at most 64 letters, digits, '-', '_' "
          "and '.', got nothing\n");
    FINDS("{ id = 'a b', rule = 'site.a', " REST, false,
          "policy.lua:1: exceptions: id: expected a name of at most 64 letters, digits, '-', '_' "
          "and '.', got \"a b\"\n");
    FINDS("{ id = 'a', " REST, false,
          "policy.lua:2: exceptions: a.rule: expected the id of a rule, such as "
          "\"container.bind-mounts\", got nothing\n");
    FINDS("{ id = 'a', rule = 'site.a', reason = 'x' }", false,
          "policy.lua:2: exceptions: a.expires: expected a date, such as \"2026-12-31\", got "
          "nothing\n");
    FINDS("{ id = 'a', rule = 'site.a', expires = '2999-12-31' }", false,
          "policy.lua:2: exceptions: a.reason: expected a text that says why, got nothing\n");
    FINDS("{ id = 'a', rule = 'site.a',\nusr = 'x', " REST, false,
          "policy.lua:3: exceptions: a.usr: there is no such key; did you mean 'user'?; the keys "
          "are id, rule, user, image, label, expires, reason and approved_by\n");
    FINDS("'a'", false,
          "policy.lua:1: exceptions: expected a list of tables, such as { { id = \"...\", rule = "
          "\"...\", expires = \"...\", reason = \"...\" } }, got \"a\" in it\n");
    FINDS("id = 'a', rule = 'site.a'", false,
          "policy.lua:1: profile.exceptions: expected a list of tables, or data \"exceptions\" for "
          "that of data/exceptions.json, got a table with names\n");
}

static void names_what_is_wrong(void)
{
    FINDS("{ id = 'a', rule = 'site.a', user = '', " REST, false,
          "policy.lua:2: exceptions: a.user: expected a pattern of user names, such as \"ci-*\", "
          "got \"\"\n");
    FINDS("{ id = 'a', rule = 'site.a', user = { 'x' }, " REST, false,
          "policy.lua:2: exceptions: a.user: expected a pattern of user names, such as \"ci-*\", "
          "got a list\n");
    FINDS("{ id = 'a', rule = 'site.a', image = 'busybox', " REST, false,
          "policy.lua:2: exceptions: a.image: expected an image with its registry, such as "
          "\"docker.io/library/busybox\" or \"registry.example.com/team/*\", got \"busybox\"\n");
    FINDS("{ id = 'a', rule = 'site.a', label = 'ci', " REST, false,
          "policy.lua:2: exceptions: a.label: expected a label and its value, such as "
          "\"tier=ci\", got \"ci\"\n");
    FINDS("{ id = 'a', rule = 'site.a', label = '=ci', " REST, false,
          "policy.lua:2: exceptions: a.label: expected a label and its value, such as "
          "\"tier=ci\", got \"=ci\"\n");
    FINDS("{ id = 'a', rule = 'site.a', reason = 'x',\nexpires = '2027-02-29' }", false,
          "policy.lua:3: exceptions: a.expires: expected a date, such as \"2026-12-31\" (its last "
          "day, in UTC), or a time, such as \"2026-12-31T18:00:00Z\", got \"2027-02-29\"\n");
    FINDS("{ id = 'a', rule = 'site.a', reason = 'x', expires = 20991231 }", false,
          "policy.lua:2: exceptions: a.expires: expected a date, such as \"2026-12-31\", got "
          "20991231\n");
    FINDS("{ id = 'a', rule = 'site.a', " REST ",\n{ id = 'a', rule = 'site.a', " REST, false,
          "policy.lua:2: exceptions: the id 'a' is taken, by policy.lua:2\n");
}

static void knows_rules(void)
{
    FINDS("{ id = 'a', rule = 'site.b', " REST, false,
          "policy.lua:2: exceptions: a.rule: there is no rule 'site.b'; did you mean 'site.a'?\n");
    FINDS("{ id = 'a', rule = 'container.device', " REST, false,
          "policy.lua:2: exceptions: a.rule: there is no rule 'container.device'; did you mean "
          "'container.devices'?\n");
    FINDS("{ id = 'a', rule = 'request.duplicate-key', " REST, false,
          "policy.lua:2: exceptions: a.rule: what the plugin itself refuses cannot be excused, and "
          "there is no rule 'request.duplicate-key'\n");
    FINDS("{ id = 'a', rule = 'limit', " REST, false,
          "policy.lua:2: exceptions: a.rule: what the plugin itself refuses cannot be excused, and "
          "there is no rule 'limit'\n");
    FINDS("{ id = 'a', rule = 'site.*', " REST, false,
          "policy.lua:2: exceptions: a.rule: there is no rule 'site.*'; did you mean 'site.a'?\n");
}

static void tells_of_what_has_ended(void)
{
    FINDS("{ id = 'a', rule = 'site.a', " REST ",\n"
          "{ id = 'old', rule = 'site.a', expires = '2020-01-31', reason = 'x' }",
          true,
          "policy.lua:3: exceptions: old ended with 2020-01-31 and excuses nothing any more: take "
          "it out, or give it a new date\n");
}

int main(void)
{
    takes_what_is_right();
    names_what_is_missing_or_unknown();
    names_what_is_wrong();
    knows_rules();
    tells_of_what_has_ended();
    return 0;
}
