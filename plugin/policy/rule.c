#include "policy/rule.h"

#include <lauxlib.h>

#include "policy/fields.h"
#include "policy/glob.h"
#include "policy/near.h"

static const char *const names[] = {
    "id", "api", "title", "severity", "refs", "on", "params", "kind", "check", NULL,
};

static void fail_action(lua_State *L, struct str pattern)
{
    char hint[NEAR_HINT_BYTES];
    struct near near;

    near_init(&near, pattern);
    for (int action = 0; action < ACTION_COUNT; action++)
        near_offer(&near, action_name((enum action)action));
    loading_raise(L, pattern, "rule.on: there is no action '%s'%s", pattern.ptr,
                  near.best.len ? near_hint(&near, hint)
                                : "; actions have names such as \"container.create\", and "
                                  "\"container.*\" means all of a kind");
}

static void add_pattern(lua_State *L, struct rule *rule, struct str pattern)
{
    bool any = false;

    for (int action = 0; action < ACTION_COUNT; action++) {
        if (!glob_match(pattern, action_name((enum action)action)))
            continue;
        rule->actions[action] = true;
        any = true;
    }
    if (!any)
        fail_action(L, pattern);
}

static void read_actions(lua_State *L, int index, struct rule *rule)
{
    size_t count;

    if (lua_getfield(L, index, "on") == LUA_TSTRING) {
        lua_createtable(L, 1, 0);
        lua_insert(L, -2);
        lua_rawseti(L, -2, 1);
    }
    if (lua_type(L, -1) != LUA_TTABLE)
        luaL_error(L, "rule needs a key 'on', such as on = { \"container.create\" }");
    count = lua_rawlen(L, -1);
    if (count == 0)
        loading_raise(L, STR("on"),
                      "rule.on: name at least one action, such as \"container.create\"");
    for (size_t i = 1; i <= count; i++) {
        struct str pattern;

        if (lua_rawgeti(L, -1, (lua_Integer)i) != LUA_TSTRING)
            loading_raise(L, STR("on"), "rule.on: expected actions in quotes, got a %s",
                          luaL_typename(L, -1));
        pattern.ptr = lua_tolstring(L, -1, &pattern.len);
        add_pattern(L, rule, pattern);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

static void read_params(lua_State *L, int index, struct loading *loading)
{
    struct param_spec *params = &loading->rule->params;
    int type = lua_getfield(L, index, "params");

    *params = (struct param_spec){.kind = PARAM_GROUP};
    if (type == LUA_TTABLE)
        param_read_group(L, lua_gettop(L), loading, params);
    else if (type != LUA_TNIL)
        loading_raise(L, STR("params"), "rule.params: expected a table, got a %s",
                      luaL_typename(L, -1));
    lua_pop(L, 1);
}

static void check_severity(lua_State *L, int index)
{
    static const char *const levels[] = {"low", "medium", "high", "critical", NULL};
    struct str severity = fields_text(L, index, "rule", "severity", FIELDS_OPTIONAL);

    if (severity.len == 0)
        return;
    for (size_t i = 0; levels[i]; i++)
        if (str_eq(severity, str_from(levels[i])))
            return;
    loading_raise(L, STR("severity"),
                  "rule.severity: expected \"low\", \"medium\", \"high\" or \"critical\", got "
                  "\"%s\"",
                  severity.ptr);
}

static void check_refs(lua_State *L, int index)
{
    int type = lua_getfield(L, index, "refs");
    size_t count = type == LUA_TTABLE ? lua_rawlen(L, -1) : 0;

    if (type != LUA_TTABLE && type != LUA_TNIL)
        loading_raise(L, STR("refs"), "rule.refs: expected a list of texts, got a %s",
                      luaL_typename(L, -1));
    for (size_t i = 1; i <= count; i++) {
        if (lua_rawgeti(L, -1, (lua_Integer)i) != LUA_TSTRING)
            loading_raise(L, STR("refs"), "rule.refs: expected a list of texts, got a %s in it",
                          luaL_typename(L, -1));
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

static bool read_kind(lua_State *L, int index)
{
    struct str kind = fields_text(L, index, "rule", "kind", FIELDS_OPTIONAL);

    if (kind.len == 0)
        return false;
    if (!str_eq(kind, STR("grant")))
        loading_raise(L, STR("kind"), "rule.kind: expected \"grant\" or nothing, got \"%s\"",
                      kind.ptr);
    return true;
}

static void read_rule(lua_State *L, struct loading *loading)
{
    struct rule *rule = loading->rule;
    struct str id;

    fields_check_names(L, 1, "rule", names);
    fields_check_api(L, 1, "rule");
    id = fields_text(L, 1, "rule", "id", FIELDS_NEEDED);
    fields_check_id(L, "rule", id);
    if (str_find(id, '.') == id.len)
        loading_raise(L, STR("id"), "rule.id: put a group in front, such as \"site.%s\"", id.ptr);
    rule->id = loading_str(L, loading, id);
    rule->source = loading->source;
    rule->line = loading_line(L);
    (void)fields_text(L, 1, "rule", "title", FIELDS_OPTIONAL);
    check_severity(L, 1);
    check_refs(L, 1);
    rule->is_grant = read_kind(L, 1);
    read_actions(L, 1, rule);
    read_params(L, 1, loading);
    if (lua_getfield(L, 1, "check") != LUA_TFUNCTION)
        luaL_error(L, "rule needs a key 'check', such as check = function(req, p, ctx) ... end");
    lua_pop(L, 1);
}

int rule_define(lua_State *L)
{
    struct loading *loading = loading_of(L);

    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    if (!loading)
        return 1;
    if (!loading->rule)
        return luaL_error(L, "rule { ... } belongs into a file in rules/");
    if (loading->made)
        return luaL_error(L, "one file holds one rule; this is the second");
    read_rule(L, loading);
    loading->made = lua_topointer(L, 1);
    return 1;
}
