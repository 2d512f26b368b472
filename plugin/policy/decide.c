#include <lauxlib.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/utc.h"
#include "policy/context.h"
#include "policy/decision.h"
#include "policy/exception.h"
#include "policy/group.h"
#include "policy/lua_view.h"
#include "policy/message.h"
#include "policy/set_parts.h"

enum {
    LIST_MAX = 256, /* decisions that one rule may return */
    TEXTS_KEEP_BYTES = 64 * 1024,
};

/* One decision as it is made. */
struct deciding {
    struct policy_set *set;
    struct group *group;
    const struct request *request;
    struct verdict *verdict;
    struct message *message;
    struct context context;
    int64_t now_s;
    bool is_denied;
    bool is_granted;
    bool has_error;
    struct buffer *faults; /* gets what rules do wrong; NULL while calls are decided */
};

struct said {
    struct str label; /* in brackets before the words */
    struct str rule;
    enum decision_effect effect;
    enum mode mode;
    struct str msg;
    struct str field;
    struct str fix;
};

static struct str clean(struct deciding *now, struct str text)
{
    return message_clean(&now->set->texts, text, MESSAGE_TEXT_MAX_BYTES);
}

/* Count one finding, tell it if it denies, and write it down while there is room. */
static void add_finding(struct deciding *now, const struct said *said)
{
    bool denies = said->effect == DECISION_DENY && said->mode == MODE_ENFORCE;
    bool has_room = now->verdict->count < VERDICT_FINDINGS_MAX;
    struct finding finding;

    now->is_denied |= denies;
    if (!has_room && !(denies && now->message->untold == 0)) {
        now->message->untold += denies;
        return;
    }
    finding = (struct finding){
        .rule = said->rule,
        .effect = decision_effect_name(said->effect),
        .mode = mode_name(said->mode),
        .msg = clean(now, said->msg),
        .field = clean(now, said->field),
        .fix = clean(now, said->fix),
    };
    if (denies)
        message_add(now->message, said->label, finding.msg, finding.field, finding.fix);
    if (has_room)
        now->verdict->findings[now->verdict->count++] = finding;
}

/* "rules/site.lua:12: " */
static struct str place_of(struct str line)
{
    size_t name = str_find(line, ':');
    size_t number = str_find(str_skip(line, name + 1), ':');

    return str_take(line, name + 1 + number + 1);
}

static bool is_told(const struct buffer *findings, struct str line)
{
    struct str all = buffer_view(findings);

    for (; all.len > 0; all = str_skip(all, str_find(all, '\n') + 1))
        if (str_starts(all, line))
            return true;
    return false;
}

void set_add_finding(struct buffer *findings, struct str line)
{
    if (is_told(findings, line))
        return;
    (void)buffer_str(findings, line);
    (void)buffer_str(findings, STR("\n"));
}

/* Of a line of which something is told already, more would be a consequence. */
static void add_fault(struct buffer *findings, struct str line)
{
    if (!is_told(findings, place_of(line)))
        set_add_finding(findings, line);
}

/* A rule that fails denies, whatever its mode: what it would have said is not known. */
static void add_error(struct deciding *now, const struct rule *rule, struct str msg)
{
    now->has_error = true;
    if (now->faults)
        add_fault(now->faults, clean(now, msg));
    add_finding(now, &(struct said){
                         .label = STR("policy-error"),
                         .rule = rule->id,
                         .effect = DECISION_DENY,
                         .mode = MODE_ENFORCE,
                         .msg = msg,
                         .fix = STR("tell whoever keeps the policies of this engine: rule and line "
                                    "stand here; the request itself may be fine"),
                     });
}

__attribute__((format(printf, 4, 5))) static void
add_error_at(struct deciding *now, const struct rule *rule, int line, const char *fmt, ...)
{
    char text[512];
    int used = snprintf(text, sizeof text, "%.*s:%d: ", STR_FMT(rule->source->name),
                        line ? line : rule->line);
    va_list args;

    va_start(args, fmt);
    if (used >= 0 && (size_t)used < sizeof text)
        (void)vsnprintf(text + used, sizeof text - (size_t)used, fmt, args);
    va_end(args);
    add_error(now, rule, str_from(text));
}

/* What excuses the decision, or NULL. */
static const struct exception *excuse(const struct deciding *now, const struct rule *rule,
                                      const struct decision *decision)
{
    const struct exception *exception = decision->effect == DECISION_DENY ? rule->exceptions : NULL;

    while (exception && !exception_covers(exception, &now->request->view, now->now_s))
        exception = exception->next;
    return exception;
}

/* What was found, behind what excuses it: long words are cut off at their end. */
static struct str excused(struct deciding *now, const struct exception *exception, struct str msg)
{
    msg = clean(now, msg);
    return arena_printf(&now->set->texts, "excused by %.*s until %.*s (%.*s): %.*s",
                        STR_FMT(exception->id), STR_FMT(exception->expires),
                        STR_FMT(exception->reason), STR_FMT(msg));
}

static void take_decision(struct deciding *now, const struct rule *rule, struct decision *decision)
{
    const struct exception *exception;

    if (!decision_is_made_in(&now->context, decision)) {
        add_error_at(now, rule, 0,
                     "check returned the type of a parameter; it may return nothing, or what "
                     "deny(), audit() or allow() made, or a list of these");
        return;
    }
    if (decision->is_taken)
        return;
    decision->is_taken = true;
    if (decision->effect == DECISION_ALLOW && !rule->is_grant) {
        add_error_at(now, rule, decision->line,
                     "only a rule with kind = \"grant\" may return allow()");
        return;
    }
    if (decision->effect == DECISION_ALLOW && rule->mode == MODE_ENFORCE)
        now->is_granted = true;
    exception = excuse(now, rule, decision);
    add_finding(now, &(struct said){
                         .label = rule->id,
                         .rule = rule->id,
                         .effect = decision->effect,
                         .mode = exception ? MODE_EXCEPTED : rule->mode,
                         .msg = exception ? excused(now, exception, decision->msg) : decision->msg,
                         .field = decision->field,
                         .fix = decision->fix,
                     });
}

static void fail_returned(lua_State *L, struct deciding *now, const struct rule *rule, int index,
                          const char *where)
{
    add_error_at(now, rule, 0,
                 "check returned a %s%s; it may return nothing, or what deny(), audit() or allow() "
                 "made, or a list of these%s",
                 lua_view_get(L, index) ? "table of the request" : luaL_typename(L, index), where,
                 lua_isboolean(L, index) ? "; write: if ... then return deny(\"why\") end" : "");
}

/* A table is fine when it is a list and holds decisions only. */
static void take_list(lua_State *L, struct deciding *now, const struct rule *rule, int index)
{
    size_t count = lua_rawlen(L, index);
    size_t keys = 0;

    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        keys++;
    }
    if (keys != count || count > LIST_MAX) {
        add_error_at(now, rule, 0,
                     "check returned a table of its own; it may return what deny(), audit() or "
                     "allow() made, or a list of at most %d of these",
                     LIST_MAX);
        return;
    }
    for (size_t i = 1; i <= count; i++) {
        if (lua_rawgeti(L, index, (lua_Integer)i) == LUA_TLIGHTUSERDATA)
            take_decision(now, rule, lua_touserdata(L, -1));
        else
            fail_returned(L, now, rule, lua_gettop(L), " in a list");
        lua_pop(L, 1);
    }
}

static void take_results(lua_State *L, struct deciding *now, const struct rule *rule, int first)
{
    int last = lua_gettop(L);

    for (int index = first; index <= last; index++) {
        switch (lua_type(L, index)) {
        case LUA_TNIL:
            break;
        case LUA_TLIGHTUSERDATA:
            take_decision(now, rule, lua_touserdata(L, index));
            break;
        case LUA_TTABLE:
            take_list(L, now, rule, index);
            break;
        default:
            fail_returned(L, now, rule, index, "");
        }
    }
}

/* deny(...) without return: the author meant it, and nothing would come of it. */
static void check_taken(struct deciding *now, const struct rule *rule)
{
    for (const struct decision *decision = now->context.decisions; decision;
         decision = decision->next) {
        struct str name = decision_effect_name(decision->effect);

        if (decision->is_taken)
            continue;
        add_error_at(now, rule, decision->line,
                     "what %.*s() made here was not returned; write: return %.*s(...)",
                     STR_FMT(name), STR_FMT(name));
        return;
    }
}

static void add_raised(struct deciding *now, const struct rule *rule, struct str msg)
{
    struct str placed;

    if (message_names_place(msg)) {
        add_error(now, rule, msg);
        return;
    }
    placed = arena_printf(&now->set->texts, "%.*s:%d: %.*s", STR_FMT(rule->source->name),
                          rule->line, STR_FMT(clean(now, msg)));
    add_error(now, rule, placed.ptr ? placed : msg);
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
        take_results(L, now, rule, CONTEXT + 1);
        check_taken(now, rule);
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
        add_error(now, &engine, str_from(err.msg));
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
    add_finding(now, &(struct said){
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
                   STR_FMT(now->verdict->action));
    add_finding(now, &(struct said){
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

static void describe(const struct request *request, struct verdict *ret)
{
    *ret = (struct verdict){
        .user = request->envelope.user,
        .authn = request->envelope.authn,
        .method = request->envelope.method,
        .uri = request->envelope.uri,
        .action = action_name(request->route->action),
        .target = request->target,
        .image = node_string(node_path(&request->view, "image", "raw", NULL)),
    };
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
    struct message message = {.len = 0};
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

    set->ctx.fields[SET_CTX_NOW].value.integer = now.now_s;
    arena_reset(&set->texts, TEXTS_KEEP_BYTES);
    if (now.group)
        run_rules(&now);
}

void policy_set_decide(struct policy_set *set, const struct request *request, struct verdict *ret)
{
    enum action action = request->route->action;
    struct message message = {.len = 0};
    struct deciding now = {
        .set = set,
        .group = set->of_action[action],
        .request = request,
        .verdict = ret,
        .message = &message,
        .now_s = time_of(set, request),
    };
    bool by_default;

    set->ctx.fields[SET_CTX_NOW].value.integer = now.now_s;
    arena_reset(&set->texts, TEXTS_KEEP_BYTES);
    describe(request, ret);
    if (now.group)
        run_rules(&now);
    by_default = apply_default(&now, action);
    ret->allow = !now.is_denied;
    ret->reason = STR("policy");
    if (now.has_error)
        ret->reason = STR("policy-error");
    else if (by_default)
        ret->reason = STR("default");
    if (!ret->allow)
        ret->msg = message_end(&message, &set->texts);
}
