#include "policy/results.h"

#include <lauxlib.h>

#include "policy/exception.h"
#include "policy/lua_view.h"

enum { LIST_MAX = 256 /* decisions that one rule may return */ };

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
    msg = deciding_clean(now, msg);
    return arena_printf(&now->set->texts, "excused by %.*s until %.*s (%.*s): %.*s",
                        STR_FMT(exception->id), STR_FMT(exception->expires),
                        STR_FMT(exception->reason), STR_FMT(msg));
}

static void take_decision(struct deciding *now, const struct rule *rule, struct decision *decision)
{
    const struct exception *exception;

    if (!decision_is_made_in(&now->context, decision)) {
        deciding_error_at(now, rule, 0,
                          "check returned the type of a parameter; it may return nothing, or what "
                          "deny(), audit() or allow() made, or a list of these");
        return;
    }
    if (decision->is_taken)
        return;
    decision->is_taken = true;
    if (decision->effect == DECISION_ALLOW && !rule->is_grant) {
        deciding_error_at(now, rule, decision->line,
                          "only a rule with kind = \"grant\" may return allow()");
        return;
    }
    if (decision->effect == DECISION_ALLOW && rule->mode == MODE_ENFORCE)
        now->is_granted = true;
    exception = excuse(now, rule, decision);
    deciding_add(now, &(struct said){
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
    deciding_error_at(
        now, rule, 0,
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
        deciding_error_at(
            now, rule, 0,
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

void results_take(lua_State *L, struct deciding *now, const struct rule *rule, int first)
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

void results_check_taken(struct deciding *now, const struct rule *rule)
{
    for (const struct decision *decision = now->context.decisions; decision;
         decision = decision->next) {
        struct str name = decision_effect_name(decision->effect);

        if (decision->is_taken)
            continue;
        deciding_error_at(now, rule, decision->line,
                          "what %.*s() made here was not returned; write: return %.*s(...)",
                          STR_FMT(name), STR_FMT(name));
        return;
    }
}
