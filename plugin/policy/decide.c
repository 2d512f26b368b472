#include <lauxlib.h>
#include <stdio.h>

#include "base/utc.h"
#include "policy/deciding.h"
#include "policy/lua_view.h"
#include "policy/results.h"

enum { TEXTS_KEEP_BYTES = 64 * 1024 };

static void add_raised(struct deciding *now, const struct rule *rule, struct str msg)
{
    struct str placed;

    if (message_names_place(msg)) {
        deciding_error(now, rule, msg);
        return;
    }
    placed = arena_printf(&now->set->texts, "%.*s:%d: %.*s", STR_FMT(rule->source->name),
                          rule->line, STR_FMT(deciding_clean(now, msg)));
    deciding_error(now, rule, placed.ptr ? placed : msg);
}

static void run_rule(lua_State *L, struct deciding *now, size_t i)
{
    enum { CHECKS = 2, REQUEST, CONTEXT };
    const struct rule *rule = now->group->rules[i];
    struct str msg = STR("the error raised is not text");

    sandbox_at(now->set->sandbox, rule->source->name);
    now->context.decisions = NULL;
    now->context.roots[1].node = &rule->parameters;
    (void)lua_rawgeti(L, CHECKS, 2 * (lua_Integer)i + 1);
    lua_pushvalue(L, REQUEST);
    (void)lua_rawgeti(L, CHECKS, 2 * (lua_Integer)i + 2);
    lua_pushvalue(L, CONTEXT);
    if (lua_pcall(L, 3, LUA_MULTRET, 0) == LUA_OK) {
        luaL_checkstack(L, 8, NULL);
        results_take(L, now, rule, CONTEXT + 1);
        results_check_taken(now, rule);
    } else {
        if (lua_type(L, -1) == LUA_TSTRING)
            msg.ptr = lua_tolstring(L, -1, &msg.len);
        add_raised(now, rule, msg);
    }
    lua_settop(L, CONTEXT);
}

static int decide_body(lua_State *L)
{
    struct deciding *now = lua_touserdata(L, 1);

    group_push_checks(L);
    lua_view_push(L, &now->request->view);
    (void)lua_rawgeti(L, 2, 0);
    for (size_t i = 0; i < now->group->count; i++)
        run_rule(L, now, i);
    return 0;
}

static void run_rules(struct deciding *now)
{
    static const struct rule engine = {.id = {"policy", 6}};
    struct sandbox *sandbox = now->set->sandbox;
    struct err err;
    int status;

    now->context.roots[0] = (struct context_root){"req", &now->request->view};
    now->context.roots[1] = (struct context_root){"p", NULL};
    now->context.roots[2] = (struct context_root){"ctx", &now->set->ctx.node};
    status = group_enter(now->set, now->group, &err);
    sandbox_set_context(sandbox, &now->context);
    if (status == 0)
        status = sandbox_call(sandbox, decide_body, now, &err);
    if (status < 0)
        deciding_error(now, &engine, str_from(err.msg));
    sandbox_set_context(sandbox, NULL);
    sandbox_at(sandbox, STR(""));
}

static void add_unknown(struct deciding *now)
{
    char text[512];
    struct str uri = now->request->envelope.uri;

    uri = str_take(uri, str_find(uri, '?')); /* what follows may hold secrets */
    (void)snprintf(text, sizeof text, "%.*s %.*s is not a call that this plugin knows",
                   STR_FMT(str_take(now->request->envelope.method, 32)),
                   STR_FMT(str_take(uri, 256)));
    deciding_add(now, &(struct said){
                          .label = STR("request.unknown-route"),
                          .rule = STR("request.unknown-route"),
                          .mode = now->set->fallback_mode,
                          .msg = str_from(text),
                          .fix = STR("check the path; if the engine has learned a new call, update "
                                     "the plugin"),
                      });
}

static void add_default(struct deciding *now)
{
    char text[256];

    (void)snprintf(text, sizeof text, "no rule allows %.*s, and what no rule allows is denied here",
                   STR_FMT(action_name(now->request->route->action)));
    deciding_add(now, &(struct said){
                          .label = STR("default"),
                          .rule = STR("default"),
                          .mode = now->set->fallback_mode,
                          .msg = str_from(text),
                          .fix = STR("ask an administrator of this engine for a rule that does"),
                      });
}

/* What holds when no rule has denied. */
static bool apply_default(struct deciding *now, enum action action)
{
    const struct profile_default *fallback = &now->set->fallback;
    bool was_denied = now->is_denied;

    if (action == ACTION_UNKNOWN && fallback->unknown != FALLBACK_ALLOW)
        add_unknown(now);
    else if (action != ACTION_UNKNOWN && !now->is_denied && !now->is_granted &&
             profile_default_of(fallback, action_info(action)->class) != FALLBACK_ALLOW)
        add_default(now);
    return now->is_denied && !was_denied;
}

/* Messages say what time it is where the parent has them do so: to tests and replays. */
static int64_t time_of(const struct policy_set *set, const struct request *request)
{
    if (set->page->limits.takes_time && request->envelope.has_time)
        return request->envelope.time_s;
    return utc_now();
}

void set_try(struct policy_set *set, const struct request *request, struct buffer *findings)
{
    struct message message;
    struct verdict verdict = {.count = 0};
    struct deciding now = {
        .set = set,
        .group = set->of_action[request->route->action],
        .request = request,
        .verdict = &verdict,
        .message = &message,
        .now_s = time_of(set, request),
        .faults = findings,
    };

    message_init(&message);
    set->ctx.fields[SET_CTX_NOW].value.integer = now.now_s;
    arena_reset(&set->texts, TEXTS_KEEP_BYTES);
    if (now.group)
        run_rules(&now);
}

void policy_set_decide(struct policy_set *set, const struct request *request, struct verdict *ret)
{
    enum action action = request->route->action;
    struct message message;
    struct deciding now = {
        .set = set,
        .group = set->of_action[action],
        .request = request,
        .verdict = ret,
        .message = &message,
        .now_s = time_of(set, request),
    };
    bool by_default;

    message_init(&message);
    set->ctx.fields[SET_CTX_NOW].value.integer = now.now_s;
    arena_reset(&set->texts, TEXTS_KEEP_BYTES);
    ret->count = 0;
    if (now.group)
        run_rules(&now);
    by_default = apply_default(&now, action);
    ret->allow = !now.is_denied;
    ret->reason = STR("policy");
    if (now.has_error)
        ret->reason = STR("policy-error");
    else if (by_default)
        ret->reason = STR("default");
    ret->msg = ret->allow ? STR("") : message_end(&message, &set->texts);
}
