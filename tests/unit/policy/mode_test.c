#include "policy/mode.h"

#include "set_fixture.h"

#define RULE(id, body) "return rule { id = '" id "', on = '*', check = function() " body " end }"
#define LIBRARY                                                                                    \
    "library/profiles/baseline.lua",                                                               \
        "return profile { id = 'baseline', default = 'allow',\n"                                   \
        "rules = { ['group.a'] = {} } }",                                                          \
        "library/profiles/middle.lua",                                                             \
        "return profile { id = 'middle', extends = 'baseline', rules = { ['group.b'] = {} } }",    \
        "library/rules/group/a.lua", RULE("group.a", "return deny('a')"),                          \
        "library/rules/group/b.lua", RULE("group.b", "return { deny('b1'), deny('b2') }"),         \
        "library/rules/group/c.lua", RULE("group.c", "return deny('c')")

/* A call before the library, a site's rule with this body, and a site's profile with these keys:
 * "a:enforce b:audit", findings by their words and modes. */
static struct str findings(const char *keys, const char *body, bool *ret_allow)
{
    static struct route route = {.action = ACTION_CONTAINER_CREATE};
    static char text[1024];
    struct request request = {.envelope = {.method = STR("POST"), .uri = STR("/x")},
                              .route = &route,
                              .view = {.type = NODE_STRUCT}};
    struct set_fixture fixture;
    struct verdict verdict;
    char policy[512];
    char rule[512];
    size_t len = 0;

    (void)snprintf(policy, sizeof policy, "return profile { id = 'site', %s }", keys);
    (void)snprintf(rule, sizeof rule, RULE("site.z", "%s"), body);
    CHECK(set_fixture_load(&fixture, LIBRARY, "policy/policy.lua", policy, "policy/rules/z.lua",
                           rule, NULL));
    policy_set_decide(fixture.set, &request, &verdict);
    text[0] = '\0';
    for (size_t i = 0; i < verdict.count; i++) {
        const struct finding *finding = &verdict.findings[i];

        len += (size_t)snprintf(text + len, sizeof text - len, "%s%.*s:%.*s", i ? " " : "",
                                STR_FMT(str_take(finding->msg, 11)), STR_FMT(finding->mode));
    }
    *ret_allow = verdict.allow;
    set_fixture_done(&fixture);
    return (struct str){text, len};
}

#define FINDS(keys, body, allows, want)                                                            \
    do {                                                                                           \
        bool allow;                                                                                \
        CHECK_STR(findings(keys, body, &allow), want);                                             \
        CHECK(allow == (allows));                                                                  \
    } while (0)

static void names_modes(void)
{
    enum mode mode = MODE_UNSET;

    CHECK(mode_find(STR("enforce"), &mode) && mode == MODE_ENFORCE);
    CHECK(mode_find(STR("audit"), &mode) && mode == MODE_AUDIT);
    CHECK(mode_find(STR("off"), &mode) && mode == MODE_OFF);
    CHECK(!mode_find(STR("excepted"), &mode));
    CHECK(!mode_find(STR("warn"), &mode));
    CHECK(!mode_find(STR(""), &mode));
    CHECK_STR(mode_name(MODE_EXCEPTED), "excepted");
}

/* All that denies is told, in order of the rules' ids; what the chain does not name is not asked.
 */
static void follows_the_chain(void)
{
    FINDS("extends = 'middle'", "return deny('z')", false,
          "a:enforce b1:enforce b2:enforce z:enforce");
    FINDS("extends = 'baseline'", "", false, "a:enforce");
    FINDS("default = 'allow'", "return deny('z')", false, "z:enforce");
    FINDS("default = 'allow', rules = { ['group.c'] = {} }", "", false, "c:enforce");
}

static void audits(void)
{
    FINDS("extends = 'middle', mode = 'audit'", "return deny('z')", true,
          "a:audit b1:audit b2:audit z:audit");
    FINDS("extends = 'middle', rules = { ['group.b'] = { mode = 'audit' } }", "", false,
          "a:enforce b1:audit b2:audit");
    FINDS("extends = 'baseline', mode = 'audit', rules = { ['site.z'] = { mode = 'enforce' } }",
          "return deny('z')", false, "a:audit z:enforce");
    FINDS("default = 'deny', mode = 'audit'", "", true, "no rule all:audit");
    FINDS("extends = 'baseline', mode = 'audit'", "return deny('z'), audit('y')", true,
          "a:audit z:audit y:audit");
}

/* What a failing rule would have said is not known: it denies in every mode but off. */
static void denies_by_what_fails(void)
{
    FINDS("default = 'allow', mode = 'audit'", "return true", false, "rules/z.lua:enforce");
    FINDS("default = 'allow', rules = { ['site.z'] = { mode = 'audit' } }", "error('x')", false,
          "rules/z.lua:enforce");
    FINDS("default = 'allow', rules = { ['site.z'] = { mode = 'off' } }", "error('x')", true, "");
}

static void switches_off(void)
{
    FINDS("extends = 'middle', rules = { ['group.a'] = { mode = 'off' }, ['group.b'] = { mode =\n"
          "'off' }, ['site.z'] = { mode = 'off' } }",
          "return deny('z')", true, "");
}

/* Sixteen profiles may extend each other, a seventeenth may not. */
static void ends_chains(void)
{
    enum { FILES = 18 };
    static char names[FILES][48];
    static char texts[FILES][80];

    for (int extra = 0; extra < 2; extra++) {
        struct set_fixture fixture = {.page = NULL};
        struct snapshot_file files[FILES] = {{STR_INIT(""), STR_INIT("")}};
        struct worker_page page = {
            .limits = {.instructions = 1000000, .lua_memory_bytes = UINT64_C(32) << 20}};
        int count = 16 + extra;

        for (int i = 0; i < count; i++) {
            bool is_last = i == count - 1;

            (void)snprintf(names[i], sizeof names[i],
                           i ? "library/profiles/p%02d.lua" : "policy/policy.lua", i);
            (void)snprintf(texts[i], sizeof texts[i],
                           is_last ? "return profile { id = 'p%02d' }"
                                   : "return profile { id = 'p%02d', extends = 'p%02d' }",
                           i, i + 1);
            files[i] = (struct snapshot_file){str_from(names[i]), str_from(texts[i])};
        }
        qsort(files, (size_t)count, sizeof *files, set_fixture_order);
        fixture.snapshot = (struct snapshot){.files = files, .count = (size_t)count};
        buffer_init(&fixture.findings, 65536);
        CHECK((policy_set_load(&fixture.snapshot, &page, &fixture.set, &fixture.findings) == 0) ==
              (extra == 0));
        if (extra)
            CHECK_STR(buffer_view(&fixture.findings),
                      "library/profiles/p16.lua:1: more than 16 profiles extend each other\n");
        set_fixture_done(&fixture);
    }
}

static void is_not_off_as_a_whole(void)
{
    struct set_fixture fixture;

    CHECK(!set_fixture_load(&fixture, SET_FIXTURE_OPEN, "policy/policy.lua",
                            "return profile { id = 'site', mode = 'off' }", NULL));
    CHECK_STR(
        buffer_view(&fixture.findings),
        "policy.lua:1: profile.mode: expected \"enforce\" or \"audit\"; rules are switched off "
        "one by one\n");
    set_fixture_done(&fixture);
}

int main(void)
{
    names_modes();
    follows_the_chain();
    audits();
    denies_by_what_fails();
    switches_off();
    ends_chains();
    is_not_off_as_a_whole();
    return 0;
}
