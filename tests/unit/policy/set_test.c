#include "policy/set.h"

#include "set_fixture.h"

/* texts do not load, for exactly these reasons. */
#define REFUSES(reasons, ...)                                                                      \
    do {                                                                                           \
        struct set_fixture fixture;                                                                \
        CHECK(!set_fixture_load(&fixture, __VA_ARGS__, NULL));                                     \
        CHECK_STR(buffer_view(&fixture.findings), reasons);                                        \
        set_fixture_done(&fixture);                                                                \
    } while (0)

#define LOADS(...)                                                                                 \
    do {                                                                                           \
        struct set_fixture fixture;                                                                \
        bool loads = set_fixture_load(&fixture, __VA_ARGS__, NULL);                                \
        CHECK_STR(buffer_view(&fixture.findings), "");                                             \
        CHECK(loads);                                                                              \
        set_fixture_done(&fixture);                                                                \
    } while (0)

#define RULE(rest) "return rule { id = 'site.a', on = { '*' }, check = function() end, " rest " }"
#define LIBRARY_RULE                                                                               \
    "library/rules/container/bind_mounts.lua",                                                     \
        "return rule { id = 'container.bind-mounts', on = { 'container.create' },\n"               \
        "params = { allow = list_of('path', {}), memory = { max = size('1g'),\n"                   \
        "  require = bool(false) }, when = one_of { 'always', 'never' } },\n"                      \
        "check = function() end }"

static void loads_what_is_right(void)
{
    LOADS(SET_FIXTURE_OPEN);
    LOADS(SET_FIXTURE_OPEN, "policy/policy.lua",
          "return profile { id = 'site', extends = 'baseline' }");
    LOADS(SET_FIXTURE_OPEN, LIBRARY_RULE, "policy/policy.lua",
          "return profile { id = 'site', api = 1, extends = 'baseline', mode = 'audit', rules = {\n"
          "['container.bind-mounts'] = { mode = 'enforce', params = { allow = { '/srv/data' },\n"
          "memory = { max = '4g' }, when = 'never' } } } }");
    LOADS(SET_FIXTURE_OPEN, "policy/rules/a.lua",
          RULE("api = 1, title = 'x', severity = 'low', refs = { 'CIS-5.5' }, kind = 'grant'"));
}

/* Where the linked Lua is a sound one, these load. */
static void refuses_what_lua_gets_wrong(void)
{
    struct set_fixture fixture;
    bool loads = set_fixture_load(&fixture, SET_FIXTURE_OPEN, "policy/lib/words.lua",
                                  "return { [true] = 1, [false] = 2 }", "policy/rules/a.lua",
                                  "local words = require('lib.words')\n"
                                  "local function word(a, b)\n  return words[a < b]\nend\n" RULE(
                                      "title = 'x' .. (word(1, 2) or '')"),
                                  NULL);
    struct str findings = buffer_view(&fixture.findings);

    CHECK(loads || str_starts(findings, STR("rules/a.lua:3: this build of Lua may read something "
                                            "else than words[...] where a comparison stands")));
    set_fixture_done(&fixture);

    loads = set_fixture_load(&fixture, SET_FIXTURE_OPEN, "policy/lib/words.lua",
                             "local t = {}\nreturn { is = function(a, b) return t[a == b] end }",
                             "policy/rules/a.lua", "require('lib.words')\n" RULE(""), NULL);
    findings = buffer_view(&fixture.findings);
    CHECK(loads || str_starts(findings, STR("lib/words.lua:2: this build of Lua may read")));
    set_fixture_done(&fixture);
}

static void names_mistakes_in_rules(void)
{
    REFUSES("rules/a.lua:2: <eof> expected near 'end'\n", SET_FIXTURE_OPEN, "policy/rules/a.lua",
            "local x = 1\nend");
    REFUSES("rules/a.lua:1: attempt to load a binary chunk (mode is 't')\n", SET_FIXTURE_OPEN,
            "policy/rules/a.lua", "\x1bLua");
    REFUSES("rules/a.lua:1: this file does not return what rule { ... } made; write: return rule { "
            "... }\n",
            SET_FIXTURE_OPEN, "policy/rules/a.lua",
            "rule { id = 'site.a', on = { '*' }, check = function() end }");
    REFUSES("rules/a.lua:1: rule has no key 'sverity'; did you mean 'severity'?\n",
            SET_FIXTURE_OPEN, "policy/rules/a.lua", RULE("sverity = 'low'"));
    REFUSES("rules/a.lua:1: rule needs a key 'check', such as check = function(req, p, ctx) ... "
            "end\n",
            SET_FIXTURE_OPEN, "policy/rules/a.lua", "return rule { id = 'site.a', on = { '*' } }");
    REFUSES("rules/a.lua:1: rule needs a key 'id'\n", SET_FIXTURE_OPEN, "policy/rules/a.lua",
            "return rule { on = { '*' }, check = function() end }");
    REFUSES("rules/a.lua:1: rule.on: there is no action 'container.craete'; did you mean "
            "'container.create'?\n",
            SET_FIXTURE_OPEN, "policy/rules/a.lua",
            "return rule { id = 'site.a', on = { 'container.craete' }, check = function() end }");
    REFUSES("rules/a.lua:1: rule.kind: expected \"grant\" or nothing, got \"deny\"\n",
            SET_FIXTURE_OPEN, "policy/rules/a.lua", RULE("kind = 'deny'"));
    REFUSES("rules/a.lua:1: rule.api: this version knows api = 1 only\n", SET_FIXTURE_OPEN,
            "policy/rules/a.lua", RULE("api = 2"));
    REFUSES("rules/a.lua:1: there is no dofile in policies: to share code, put it into lib/ and "
            "require(\"lib.name\")\n",
            SET_FIXTURE_OPEN, "policy/rules/a.lua", "dofile('/etc/passwd')");
    REFUSES("rules/a.lua:1: deny is for check functions only\n", SET_FIXTURE_OPEN,
            "policy/rules/a.lua", "deny('x')");
    REFUSES("rules/b.lua:1: rule id 'site.a' is taken by rules/a.lua\n", SET_FIXTURE_OPEN,
            "policy/rules/a.lua", RULE(""), "policy/rules/b.lua", RULE(""));
    REFUSES("rules/b.lua:1: rule id 'container.bind-mounts' is taken by the library; choose "
            "another, such as site.bind-mounts\n",
            SET_FIXTURE_OPEN, LIBRARY_RULE, "policy/rules/b.lua",
            "return rule { id = 'container.bind-mounts', on = { '*' }, check = function() end }");
}

static void names_mistakes_in_parameters(void)
{
    REFUSES("rules/a.lua:1: list_of() takes the name of a type first: \"string\", \"path\", "
            "\"glob\", \"int\", \"number\", \"bool\", \"size\", \"duration\", \"url\", "
            "\"weekday\", \"hours\", "
            "\"period\" or \"zone\"\n",
            SET_FIXTURE_OPEN, "policy/rules/a.lua", RULE("params = { x = list_of('strin') }"));
    REFUSES("rules/a.lua:1: the default of list_of()[2]: expected an absolute path, such as "
            "\"/srv/data\", got \"srv\"\n",
            SET_FIXTURE_OPEN, "policy/rules/a.lua",
            RULE("params = { x = list_of('path', { '/a', 'srv' }) }"));
    REFUSES("rules/a.lua:1: parameter x: declare its type, such as bool(false) or "
            "list_of(\"string\"); got a boolean\n",
            SET_FIXTURE_OPEN, "policy/rules/a.lua", RULE("params = { x = false }"));
}

#define PROFILE(rules)                                                                             \
    "policy/policy.lua",                                                                           \
        "return profile { id = 'site', extends = 'baseline', rules = {\n" rules " } }"

static void names_mistakes_in_profiles(void)
{
    REFUSES("policy.lua:1: profile has no key 'exstends'; did you mean 'extends'?\n",
            SET_FIXTURE_OPEN, "policy/policy.lua",
            "return profile { id = 'site', exstends = 'baseline' }");
    REFUSES("policy.lua:2: the entry of rule container.bind-mounts has no key 'allow'; its keys "
            "are mode, params\n",
            SET_FIXTURE_OPEN, PROFILE("['container.bind-mounts'] = { allow = {} }"));
    REFUSES("policy.lua:1: the library has no profile 'baselin' to extend; did you mean "
            "'baseline'?\n",
            SET_FIXTURE_OPEN, "policy/policy.lua",
            "return profile { id = 'site', extends = 'baselin' }");
    REFUSES("library/profiles/b.lua:1: profile 'b' extends itself in the end\n", SET_FIXTURE_OPEN,
            "library/profiles/b.lua", "return profile { id = 'b', extends = 'b' }",
            "policy/policy.lua", "return profile { id = 'site', extends = 'b' }");
    REFUSES("policy.lua:2: there is no rule 'container.bind-mount'; did you mean "
            "'container.bind-mounts'?\n",
            SET_FIXTURE_OPEN, LIBRARY_RULE, PROFILE("['container.bind-mount'] = {}"));
    REFUSES("policy.lua:2: rule container.bind-mounts: parameter allow[2]: expected an absolute "
            "path, such as \"/srv/data\", got \"srv\"\n",
            SET_FIXTURE_OPEN, LIBRARY_RULE,
            PROFILE("['container.bind-mounts'] = { params = { allow = { '/a', 'srv' } } }"));
    REFUSES("policy.lua:2: rule container.bind-mounts: parameter allow: expected a list, such as { "
            "\"a\", \"b\" }, got \"/a\"\n",
            SET_FIXTURE_OPEN, LIBRARY_RULE,
            PROFILE("['container.bind-mounts'] = { params = { allow = '/a' } }"));
    REFUSES("policy.lua:2: rule container.bind-mounts: parameter memory.mx: there is no such "
            "parameter; did you mean 'max'?\n",
            SET_FIXTURE_OPEN, LIBRARY_RULE,
            PROFILE("['container.bind-mounts'] = { params = { memory = { mx = '1g' } } }"));
    REFUSES("policy.lua:2: rule container.bind-mounts: parameter memory.max: expected a size, such "
            "as 4096, \"512m\" or \"4g\", got \"4 gigs\"\n",
            SET_FIXTURE_OPEN, LIBRARY_RULE,
            PROFILE("['container.bind-mounts'] = { params = { memory = { max = '4 gigs' } } }"));
    REFUSES("policy.lua:2: rule container.bind-mounts: parameter when: expected one of \"always\" "
            "\"never\", got true\n",
            SET_FIXTURE_OPEN, LIBRARY_RULE,
            PROFILE("['container.bind-mounts'] = { params = { when = true } }"));
    REFUSES("policy.lua:2: the entry of rule container.bind-mounts.mode: expected \"enforce\", "
            "\"audit\" or \"off\", got \"warn\"\n",
            SET_FIXTURE_OPEN, LIBRARY_RULE,
            PROFILE("['container.bind-mounts'] = { mode = 'warn' }"));
    REFUSES("library/profiles/baseline.lua:1: the library is incomplete: this file is missing\n",
            "library/rules/x.lua", "");
}

static void shares_files_of_lib(void)
{
    LOADS(SET_FIXTURE_OPEN, "library/lib/words.lua", "return { list = { 'x' } }",
          "policy/lib/net/ports.lua", "return { low = require('lib.words').list[1] == 'x' }",
          "policy/rules/a.lua", "assert(require('lib.net.ports').low)\n" RULE(""));
    REFUSES("rules/a.lua:1: there is no file lib/ for require(\"lib.wrds\"); did you mean "
            "'lib.words'?\n",
            SET_FIXTURE_OPEN, "library/lib/words.lua", "return {}", "policy/rules/a.lua",
            "require('lib.wrds')\n" RULE(""));
    REFUSES("lib/a.lua:2: syntax error near <eof>\n", SET_FIXTURE_OPEN, "policy/lib/a.lua", "\nx",
            "policy/rules/a.lua", "require('lib.a')\n" RULE(""));
    REFUSES(
        "rules/a.lua:1: there is no file lib/ for require(\"rules.a\"); require(\"lib.x\") gives "
        "lib/x.lua, and there is nothing else\n",
        SET_FIXTURE_OPEN, "policy/rules/a.lua", "require('rules.a')\n" RULE(""));
}

static void tells_all_of_them_at_once(void)
{
    REFUSES("rules/a.lua:1: rule needs a key 'id'\n"
            "rules/b.lua:1: unexpected symbol near <eof>\n"
            "policy.lua:2: there is no rule 'x.y'\n",
            SET_FIXTURE_OPEN, "policy/policy.lua",
            "return profile { id = 'site', extends = 'baseline', rules = {\n['x.y'] = {} } }",
            "policy/rules/a.lua", "return rule {}", "policy/rules/b.lua", "return (");
}

int main(void)
{
    loads_what_is_right();
    names_mistakes_in_rules();
    refuses_what_lua_gets_wrong();
    names_mistakes_in_parameters();
    names_mistakes_in_profiles();
    shares_files_of_lib();
    tells_all_of_them_at_once();
    return 0;
}
