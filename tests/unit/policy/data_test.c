#include "policy/data.h"

#include "set_fixture.h"

/* What loading these files finds. */
#define FINDS(findings_, ...)                                                                      \
    do {                                                                                           \
        struct set_fixture fixture;                                                                \
        bool loaded = set_fixture_load(&fixture, SET_FIXTURE_OPEN, __VA_ARGS__, NULL);             \
        CHECK_STR(buffer_view(&fixture.findings), findings_);                                      \
        CHECK(loaded == (sizeof(findings_) == 1));                                                 \
        set_fixture_done(&fixture);                                                                \
    } while (0)

#define SITE(text)                                                                                 \
    "policy/policy.lua", "return profile { id = 'site', extends = 'baseline',\n" text " }"
#define RULE "policy/rules/a.lua", "return rule { id = 'site.a', on = '*', check = function() end }"

static void names_the_line_of_what_is_wrong(void)
{
    FINDS("", "policy/data/a.json", "{}", "policy/data/b_2.json", "[ 1, 2.5, null, \"x\" ]");
    FINDS("data/a.json:3: not JSON at byte 12: a key in double quotes is missing\n",
          "policy/data/a.json", "{\n\"a\": [],\n}");
    FINDS("data/a.json:1: not JSON at byte 1: there is nothing\n", "policy/data/a.json", "");
    FINDS("data/a.json:1: expected an object, { ... }, or a list, [ ... ]\n", "policy/data/a.json",
          "\"x\"");
    FINDS(
        "data/a-b.json:1: a data file stands in data/ itself, and its name consists of letters, "
        "digits and '_': data/roles.json is ctx.data.roles\n"
        "data/sub/a.json:1: a data file stands in data/ itself, and its name consists of letters, "
        "digits and '_': data/roles.json is ctx.data.roles\n",
        "policy/data/a-b.json", "{}", "policy/data/sub/a.json", "{}");
}

static void refuses_what_is_there_twice(void)
{
    struct set_fixture fixture;

    CHECK(!set_fixture_load(&fixture, SET_FIXTURE_OPEN, "policy/data/a.json",
                            "{ \"a\": { \"b\": 1,\n\"b\": 2 } }", NULL));
    CHECK(str_starts(buffer_view(&fixture.findings), STR("data/a.json:2: ")));
    set_fixture_done(&fixture);
}

static void is_there_for_profiles(void)
{
    FINDS("", "policy/data/list.json", "[]", SITE("exceptions = data 'list'"));
    FINDS("", RULE, "policy/data/site.json",
          "{ \"exceptions\": [ { \"id\": \"a\", \"rule\": \"site.a\",\n"
          "\"expires\": \"2999-12-31\", \"reason\": \"x\" } ] }",
          SITE("exceptions = data('site').exceptions"));
    FINDS("", RULE, "policy/data/params.json", "{ \"site.a\": { \"mode\": \"off\" } }",
          SITE("rules = { ['site.a'] = { mode = data('params')['site.a'].mode } }"));
    FINDS("policy.lua:2: there is no file data/lst.json; did you mean 'list'?\n",
          "policy/data/list.json", "[]", SITE("exceptions = data 'lst'"));
    FINDS("rules/a.lua:1: data(...) belongs into policy.lua; a rule reads ctx.data.list\n",
          "policy/data/list.json", "[]", "policy/rules/a.lua", "local list = data 'list'");
    FINDS("policy.lua:2: profile.exceptions: expected a list of tables, or data \"exceptions\" for "
          "that of data/exceptions.json, got a table with names\n",
          "policy/data/map.json", "{}", SITE("exceptions = data 'map'"));
}

/* Findings about exceptions of a file name that file. */
static void keeps_its_place(void)
{
    FINDS("data/list.json:3: exceptions: a.until: there is no such key; the keys are id, rule, "
          "user, image, label, expires, reason and approved_by\n",
          RULE, "policy/data/list.json",
          "[\n{ \"id\": \"a\", \"rule\": \"site.a\",\n\"until\": \"2999-12-31\" } ]",
          SITE("exceptions = data 'list'"));
    FINDS("data/list.json:3: exceptions: a.user: expected a pattern of user names, such as "
          "\"ci-*\", got nothing\n",
          RULE, "policy/data/list.json",
          "[\n{ \"id\": \"a\", \"rule\": \"site.a\", \"expires\": \"2999-12-31\", \"reason\": "
          "\"x\",\n"
          "\"user\": null } ]",
          SITE("exceptions = data 'list'"));
}

int main(void)
{
    names_the_line_of_what_is_wrong();
    refuses_what_is_there_twice();
    is_there_for_profiles();
    keeps_its_place();
    return 0;
}
