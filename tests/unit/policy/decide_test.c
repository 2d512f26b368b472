#include "policy/set.h"

#include <sys/wait.h>
#include <unistd.h>

#include "set_fixture.h"

#define KEY(s)                                                                                     \
    {                                                                                              \
        s, sizeof(s) - 1                                                                           \
    }

static struct member container[] = {
    {KEY("name"), {.type = NODE_STRING, .string = KEY("we\nb\xff")}},
    {KEY("privileged"), {.type = NODE_BOOL, .boolean = true}},
};
static struct member req[] = {
    {KEY("container"), {.type = NODE_STRUCT, .fields = {container, 2, NULL}}},
};

/* One call of an action, before the rules of texts. */
struct call {
    struct set_fixture fixture;
    struct verdict verdict;
};

static void decide(struct call *call, enum action action)
{
    static struct route route;
    static struct request request;

    route.action = action;
    request = (struct request){
        .envelope = {.method = STR("POST"), .uri = STR("/v1.45/x"), .user = STR("alice")},
        .route = &route,
        .target = STR("web"),
        .view = {.type = NODE_STRUCT, .fields = {req, 1, NULL}},
    };
    policy_set_decide(call->fixture.set, &request, &call->verdict);
}

__attribute__((sentinel)) static struct verdict *ask(struct call *call, enum action action, ...)
{
    va_list texts;
    bool loads;

    va_start(texts, action);
    loads = set_fixture_load_list(&call->fixture, texts);
    va_end(texts);
    CHECK_STR(buffer_view(&call->fixture.findings), "");
    CHECK(loads);
    decide(call, action);
    return &call->verdict;
}

/* A container.create before one site rule with this body of check, under an open default. */
static struct verdict *ask_rule(struct call *call, const char *check)
{
    static char text[4096];

    (void)snprintf(text, sizeof text,
                   "return rule { id = 'site.a', on = { 'container.create' },\n"
                   "check = function(req, p, ctx) %s end }",
                   check);
    return ask(call, ACTION_CONTAINER_CREATE, SET_FIXTURE_OPEN, "policy/rules/a.lua", text, NULL);
}

#define SAYS(check, allows, why, words)                                                            \
    do {                                                                                           \
        struct call call;                                                                          \
        struct verdict *verdict = ask_rule(&call, check);                                          \
        CHECK_STR(verdict->msg, words);                                                            \
        CHECK(verdict->allow == (allows));                                                         \
        CHECK_STR(verdict->reason, why);                                                           \
        set_fixture_done(&call.fixture);                                                           \
    } while (0)

#define TAIL                                                                                       \
    ". Fix: tell whoever keeps the policies of this engine: rule and line stand here; the "        \
    "request "                                                                                     \
    "itself may be fine."

static void takes_what_rules_return(void)
{
    SAYS("", true, "policy", "");
    SAYS("return nil", true, "policy", "");
    SAYS("return {}", true, "policy", "");
    SAYS("return audit('x')", true, "policy", "");
    SAYS("return deny('x is wrong')", false, "policy", "[site.a] x is wrong.");
    SAYS("return deny('x is wrong.', { field = 'A.B[1]', fix = 'do y.' })", false, "policy",
         "[site.a] x is wrong (A.B[1]). Fix: do y.");
    SAYS("return { deny('x'), audit('y'), deny('z', { fix = 'w' }) }", false, "policy",
         "[site.a] x.\n[site.a] z. Fix: w.");
    SAYS("return deny('x'), deny('y')", false, "policy", "[site.a] x.\n[site.a] y.");
    SAYS("return deny('no ' .. req.container.name)", false, "policy", "[site.a] no we b?.");
}

static void denies_all_else_that_they_return(void)
{
    SAYS("return true", false, "policy-error",
         "[policy-error] rules/a.lua:1: check returned a boolean; it may return nothing, or what "
         "deny(), audit() or allow() made, or a list of these; write: if ... then return "
         "deny(\"why\") end" TAIL);
    SAYS("return false", false, "policy-error",
         "[policy-error] rules/a.lua:1: check returned a boolean; it may return nothing, or what "
         "deny(), audit() or allow() made, or a list of these; write: if ... then return "
         "deny(\"why\") end" TAIL);
    SAYS("return { allow = true }", false, "policy-error",
         "[policy-error] rules/a.lua:1: check returned a table of its own; it may return what "
         "deny(), audit() or allow() made, or a list of at most 256 of these" TAIL);
    SAYS("return { 'x' }", false, "policy-error",
         "[policy-error] rules/a.lua:1: check returned a string in a list; it may return nothing, "
         "or what deny(), audit() or allow() made, or a list of these" TAIL);
    SAYS("return req", false, "policy-error",
         "[policy-error] rules/a.lua:1: check returned a table of the request; it may return "
         "nothing, or what deny(), audit() or allow() made, or a list of these" TAIL);
    SAYS("return bool(false)", false, "policy-error",
         "[policy-error] rules/a.lua:1: check returned the type of a parameter; it may return "
         "nothing, or what deny(), audit() or allow() made, or a list of these" TAIL);
    SAYS("return { int(1) }", false, "policy-error",
         "[policy-error] rules/a.lua:1: check returned the type of a parameter; it may return "
         "nothing, or what deny(), audit() or allow() made, or a list of these" TAIL);
    SAYS("return allow('x')", false, "policy-error",
         "[policy-error] rules/a.lua:2: only a rule with kind = \"grant\" may return allow()" TAIL);
    SAYS("deny('x')", false, "policy-error",
         "[policy-error] rules/a.lua:2: what deny() made here was not returned; write: return "
         "deny(...)" TAIL);
}

static void denies_when_rules_fail(void)
{
    SAYS("return req.container.priviledged", false, "policy-error",
         "[policy-error] rules/a.lua:2: req.container has no field 'priviledged'; did you mean "
         "'privileged'?" TAIL);
    SAYS("return p.alow", false, "policy-error",
         "[policy-error] rules/a.lua:2: p has no field 'alow'; the parameters of a rule are those "
         "that it declares in params" TAIL);
    SAYS("error({})", false, "policy-error",
         "[policy-error] rules/a.lua:1: the error raised is not text" TAIL);
    SAYS("error('a\\0b', 0)", false, "policy-error", "[policy-error] rules/a.lua:1: a b" TAIL);
    SAYS("return next({}, 'x')", false, "policy-error",
         "[policy-error] rules/a.lua:1: invalid key to 'next'" TAIL);
    SAYS("return deny()", false, "policy-error",
         "[policy-error] rules/a.lua:2: deny needs a text that says what is wrong, got "
         "nothing" TAIL);
    SAYS("return deny('x', { fxi = 'y' })", false, "policy-error",
         "[policy-error] rules/a.lua:2: deny has no key 'fxi'; did you mean 'fix'?" TAIL);
    SAYS("return rule { id = 'x.y' }", false, "policy-error",
         "[policy-error] rules/a.lua:1: check returned a table of its own; it may return what "
         "deny(), audit() or allow() made, or a list of at most 256 of these" TAIL);
    SAYS("require('lib.a')", false, "policy-error",
         "[policy-error] rules/a.lua:2: require belongs at the top of a file, not into a check "
         "function" TAIL);
    SAYS("pcall(deny, 'x')", false, "policy-error",
         "[policy-error] rules/a.lua:1: what deny() made here was not returned; write: return "
         "deny(...)" TAIL);
}

/* A decision is not changed by the one before it. */
static void starts_fresh(void)
{
    struct call call;

    CHECK(
        ask(&call, ACTION_CONTAINER_CREATE, SET_FIXTURE_OPEN, "policy/rules/a.lua",
            "local seen = {} n = 0 return rule { id = 'site.a', on = { '*' }, check = function()\n"
            "n = n + 1 if n > 1 or seen.x then return deny('again') end seen.x = true end }",
            NULL)
            ->allow);
    for (int i = 0; i < 3; i++) {
        decide(&call, ACTION_CONTAINER_CREATE);
        CHECK(call.verdict.allow);
    }
    set_fixture_done(&call.fixture);
}

static void caps_what_is_told(void)
{
    struct call call;
    struct verdict *verdict = ask_rule(&call, "local out = {} for i = 1, 200 do out[i] = "
                                              "deny(('x'):rep(2000)) end return out");

    CHECK(!verdict->allow);
    CHECK(verdict->count == VERDICT_FINDINGS_MAX);
    CHECK(verdict->msg.len <= 4096);
    CHECK(str_ends(verdict->msg, STR("…\n… and 197 more")) ||
          str_ends(verdict->msg, STR("….\n… and 197 more")));
    set_fixture_done(&call.fixture);

    verdict = ask_rule(&call, "local out = {} for i = 1, 100 do out[i] = audit('a') end\n"
                              "out[101] = deny('the last') return out");
    CHECK(!verdict->allow);
    CHECK_STR(verdict->msg, "[site.a] the last.");
    set_fixture_done(&call.fixture);
}

#define GRANT                                                                                      \
    "policy/rules/a.lua", "return rule { id = 'site.a', kind = 'grant', on = { 'container.*' },\n" \
                          "check = function() return allow('fine') end }"
#define DENY_DEFAULT                                                                               \
    "library/profiles/baseline.lua", "return profile { id = 'baseline', default = 'deny' }"

static void needs_a_grant_where_the_default_denies(void)
{
    struct call call;

    CHECK_STR(ask(&call, ACTION_IMAGE_PULL, DENY_DEFAULT, NULL)->msg,
              "[default] no rule allows image.pull, and what no rule allows is denied here. Fix: "
              "ask an administrator of this engine for a rule that does.");
    CHECK_STR(call.verdict.reason, "default");
    set_fixture_done(&call.fixture);
    CHECK(ask(&call, ACTION_CONTAINER_CREATE, DENY_DEFAULT, GRANT, NULL)->allow);
    CHECK_STR(call.verdict.findings[0].effect, "allow");
    decide(&call, ACTION_IMAGE_PULL);
    CHECK(!call.verdict.allow);
    set_fixture_done(&call.fixture);
    CHECK_STR(
        ask(&call, ACTION_CONTAINER_CREATE, DENY_DEFAULT, GRANT, "policy/rules/b.lua",
            "return rule { id = 'site.b', on = { '*' }, check = function() return deny('no') end }",
            NULL)
            ->msg,
        "[site.b] no.");
    set_fixture_done(&call.fixture);
}

static void denies_unknown_calls_even_with_a_grant(void)
{
    struct call call;

    CHECK_STR(ask(&call, ACTION_UNKNOWN, SET_FIXTURE_OPEN, NULL)->msg,
              "[request.unknown-route] POST /v1.45/x is not a call that this plugin knows. Fix: "
              "check the path; if the engine has learned a new call, update the plugin.");
    set_fixture_done(&call.fixture);
    CHECK(!ask(&call, ACTION_UNKNOWN, SET_FIXTURE_OPEN, "policy/rules/a.lua",
               "return rule { id = 'site.a', kind = 'grant', on = { '*' },\n"
               "check = function() return allow('all') end }",
               NULL)
               ->allow);
    set_fixture_done(&call.fixture);
    CHECK(
        ask(&call, ACTION_UNKNOWN, SET_FIXTURE_OPEN, "policy/policy.lua",
            "return profile { id = 'site', extends = 'baseline', default = { unknown = 'allow' } }",
            NULL)
            ->allow);
    set_fixture_done(&call.fixture);
}

#define LIBRARY                                                                                    \
    "library/profiles/baseline.lua",                                                               \
        "return profile { id = 'baseline', default = 'allow', rules = {\n"                         \
        "['group.a'] = { params = { words = { 'x' }, limits = { max = 1, min = 1 } } } } }",       \
        "library/profiles/strict.lua",                                                             \
        "return profile { id = 'strict', extends = 'baseline', rules = { ['group.a'] = {\n"        \
        "mode = 'enforce', params = { limits = { min = 2 } } } } }",                               \
        "library/rules/group/a.lua",                                                               \
        "return rule { id = 'group.a', on = { 'container.create' },\n"                             \
        "params = { words = list_of('string'), limits = { max = int(0), min = int(0) } },\n"       \
        "check = function(req, p) return deny(table.concat(p.words, '+') .. ' ' .. p.limits.max\n" \
        ".. ' ' .. p.limits.min) end }"

static void merges_profiles(void)
{
    static const struct {
        const char *policy;
        const char *msg;
    } cases[] = {
        {"extends = 'baseline'", "[group.a] x 1 1."},
        {"extends = 'strict'", "[group.a] x 1 2."},
        {"extends = 'strict', rules = { ['group.a'] = { params = { words = { 'y', 'z' },\n"
         "limits = { max = 9 } } } }",
         "[group.a] y+z 9 2."},
        {"extends = 'strict', rules = { ['group.a'] = { mode = 'off' } }", ""},
        {"extends = 'strict', rules = { ['group.a'] = { mode = 'audit' } }", ""},
        {"extends = 'strict', mode = 'audit'", ""},
        {"extends = 'strict', mode = 'audit', rules = { ['group.a'] = { mode = 'enforce' } }",
         "[group.a] x 1 2."},
        {"default = 'allow'", ""},
        {"default = 'allow', rules = { ['group.a'] = {} }", "[group.a]  0 0."},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char policy[512];
        struct call call;

        (void)snprintf(policy, sizeof policy, "return profile { id = 'site', %s }",
                       cases[i].policy);
        (void)ask(&call, ACTION_CONTAINER_CREATE, LIBRARY, "policy/policy.lua", policy, NULL);
        if (!str_eq(call.verdict.msg, str_from(cases[i].msg)))
            (void)fprintf(stderr, "case %zu: \"%.*s\"\n", i, STR_FMT(call.verdict.msg));
        CHECK(str_eq(call.verdict.msg, str_from(cases[i].msg)));
        CHECK(call.verdict.allow == (cases[i].msg[0] == '\0'));
        set_fixture_done(&call.fixture);
    }
}

static void runs_only_rules_that_want_the_action(void)
{
    struct call call;

    CHECK_STR(ask(&call, ACTION_CONTAINER_CREATE, SET_FIXTURE_OPEN, "policy/rules/a.lua",
                  "return rule { id = 'site.a', on = 'image.*', check = function() return "
                  "deny('a') end }",
                  "policy/rules/b.lua",
                  "return rule { id = 'site.b', on = { 'container.create', 'image.pull' },\n"
                  "check = function() return deny('b') end }",
                  NULL)
                  ->msg,
              "[site.b] b.");
    decide(&call, ACTION_IMAGE_PULL);
    CHECK_STR(call.verdict.msg, "[site.a] a.\n[site.b] b.");
    decide(&call, ACTION_CONTAINER_LIST);
    CHECK(call.verdict.allow);
    set_fixture_done(&call.fixture);
}

/* All rules of a decision read one time: the machine's, or the message's where it may say so. */
static void tells_the_time(void)
{
    static struct route route = {.action = ACTION_CONTAINER_CREATE};
    struct request request = {
        .envelope = {.method = STR("POST"), .uri = STR("/x"), .has_time = true, .time_s = 42},
        .route = &route,
        .view = {.type = NODE_STRUCT},
    };
    struct call call;

    CHECK(ask(&call, ACTION_CONTAINER_CREATE, SET_FIXTURE_OPEN, "policy/rules/a.lua",
              "return rule { id = 'site.a', on = '*', check = function(req, p, ctx)\n"
              "if ctx.now < 1700000000 then return deny(ctx.now .. '') end end }",
              NULL)
              ->allow);
    policy_set_decide(call.fixture.set, &request, &call.verdict);
    CHECK(call.verdict.allow);
    call.fixture.page->limits.takes_time = true;
    policy_set_decide(call.fixture.set, &request, &call.verdict);
    CHECK_STR(call.verdict.msg, "[site.a] 42.");
    request.envelope.has_time = false;
    policy_set_decide(call.fixture.set, &request, &call.verdict);
    CHECK(call.verdict.allow);
    set_fixture_done(&call.fixture);
}

/* In a process of its own: the reason and place that are left on the page. */
static void ends_at_the_budget(void)
{
    struct worker_page *page =
        mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pid_t pid;
    int status;

    CHECK(page != MAP_FAILED);
    pid = fork();
    CHECK(pid >= 0);
    if (pid == 0) {
        struct snapshot_file files[] = {
            {STR("library/profiles/baseline.lua"),
             STR("return profile { id = 'baseline', default = 'allow' }")},
            {STR("policy/rules/a.lua"),
             STR("return rule { id = 'site.a', on = '*', check = function()\n"
                 "pcall(function()\nwhile true do end\nend) end }")},
        };
        struct snapshot snapshot = {.files = files, .count = 2};
        struct call call;
        struct buffer findings;

        page->limits = (struct worker_limits){.instructions = 100000, .lua_memory_bytes = 1 << 20};
        buffer_init(&findings, 1024);
        CHECK(policy_set_load(&snapshot, page, &call.fixture.set, &findings) == 0);
        decide(&call, ACTION_CONTAINER_LIST);
        _exit(0);
    }
    CHECK(waitpid(pid, &status, 0) == pid);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) != 0);
    CHECK(page->exit == WORKER_EXIT_INSTRUCTIONS);
    CHECK_STR(str_from(page->where), "rules/a.lua:3");
}

int main(void)
{
    takes_what_rules_return();
    denies_all_else_that_they_return();
    denies_when_rules_fail();
    starts_fresh();
    caps_what_is_told();
    needs_a_grant_where_the_default_denies();
    denies_unknown_calls_even_with_a_grant();
    merges_profiles();
    runs_only_rules_that_want_the_action();
    tells_the_time();
    ends_at_the_budget();
    return 0;
}
