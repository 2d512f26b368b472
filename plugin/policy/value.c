#include "policy/value.h"

#include <lauxlib.h>
#include <stdio.h>

#include "policy/lua_view.h"

enum { DEPTH_MAX = 32 };

static struct node read_value(lua_State *L, int index, struct loading *loading, int depth);

static struct str string_at(lua_State *L, int index)
{
    struct str s;

    s.ptr = lua_tolstring(L, index, &s.len);
    return s;
}

static size_t count_members(lua_State *L, int table)
{
    size_t count = 0;

    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        count++;
    }
    return count;
}

static struct node read_list(lua_State *L, int table, struct loading *loading, int depth)
{
    size_t count = lua_rawlen(L, table);
    struct node *items = loading_alloc(L, loading, count, sizeof *items);

    for (size_t i = 0; i < count; i++) {
        (void)lua_rawgeti(L, table, (lua_Integer)i + 1);
        items[i] = read_value(L, lua_gettop(L), loading, depth + 1);
        lua_pop(L, 1);
    }
    return (struct node){.type = NODE_LIST, .list = {items, count}};
}

static struct node read_map(lua_State *L, int table, struct loading *loading, int depth)
{
    size_t count = count_members(L, table);
    struct member *members = loading_alloc(L, loading, count, sizeof *members);
    struct node map = {.type = NODE_MAP, .fields = {members, 0, NULL}};
    int top = lua_gettop(L);

    lua_pushnil(L);
    while (map.fields.count < count && lua_next(L, table)) {
        struct member *member = &members[map.fields.count++];

        if (lua_type(L, -2) != LUA_TSTRING)
            luaL_error(L, "a table holds either a list or names, not both");
        member->key = loading_str(L, loading, string_at(L, -2));
        member->value = read_value(L, lua_gettop(L), loading, depth + 1);
        lua_pop(L, 1);
    }
    lua_settop(L, top);
    node_sort(&map);
    return map;
}

static struct node read_table(lua_State *L, int index, struct loading *loading, int depth)
{
    if (depth >= DEPTH_MAX)
        luaL_error(L, "tables within tables, more than %d levels", DEPTH_MAX);
    luaL_checkstack(L, 4, NULL);
    if (lua_rawlen(L, index) == count_members(L, index))
        return read_list(L, index, loading, depth);
    return read_map(L, index, loading, depth);
}

static struct node read_value(lua_State *L, int index, struct loading *loading, int depth)
{
    const struct node *node = lua_view_get(L, index);

    if (node) {
        struct node value = *node;

        /* The top level of a data file is a record only to those who read it by name. */
        if (value.type == NODE_STRUCT)
            value.type = NODE_MAP;
        return value;
    }
    switch (lua_type(L, index)) {
    case LUA_TNIL:
        return (struct node){.type = NODE_NULL};
    case LUA_TBOOLEAN:
        return (struct node){.type = NODE_BOOL, .boolean = lua_toboolean(L, index) != 0};
    case LUA_TNUMBER:
        if (lua_isinteger(L, index))
            return (struct node){.type = NODE_INT, .integer = lua_tointeger(L, index)};
        return (struct node){.type = NODE_FLOAT, .number = lua_tonumber(L, index)};
    case LUA_TSTRING:
        return (struct node){.type = NODE_STRING,
                             .string = loading_str(L, loading, string_at(L, index))};
    case LUA_TTABLE:
        return read_table(L, index, loading, depth);
    default:
        luaL_error(L, "a %s is not a value that can be kept", luaL_typename(L, index));
        return (struct node){.type = NODE_NULL};
    }
}

struct node value_read(lua_State *L, int index, struct loading *loading)
{
    return read_value(L, lua_absindex(L, index), loading, 0);
}

const char *value_describe(const struct node *value, char *text, size_t size)
{
    switch (value->type) {
    case NODE_NULL:
        (void)snprintf(text, size, "nothing");
        break;
    case NODE_BOOL:
        (void)snprintf(text, size, "%s", value->boolean ? "true" : "false");
        break;
    case NODE_INT:
        (void)snprintf(text, size, "%lld", (long long)value->integer);
        break;
    case NODE_FLOAT:
        (void)snprintf(text, size, "%g", value->number);
        break;
    case NODE_STRING:
        (void)snprintf(text, size, "\"%.*s\"", STR_FMT(str_take(value->string, 64)));
        break;
    case NODE_LIST:
        (void)snprintf(text, size, "%s", value->list.count ? "a list" : "an empty table");
        break;
    case NODE_MAP:
    case NODE_STRUCT:
        (void)snprintf(text, size, "a table with names");
        break;
    }
    return text;
}
