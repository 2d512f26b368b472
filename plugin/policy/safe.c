#include "policy/safe.h"

#include <lualib.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "policy/lua_format.h"
#include "policy/lua_view.h"
#include "policy/sandbox.h"
#include "policy/stdlib.h"
#include "policy/steps.h"

static const char *type_word(lua_State *L, int index)
{
    return lua_view_get(L, index) ? "table" : luaL_typename(L, index);
}

static int safe_type(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_pushstring(L, type_word(L, 1));
    return 1;
}

static int safe_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_format_value(L, 1);
    return 1;
}

static int safe_next(lua_State *L)
{
    bool more;

    luaL_checkany(L, 1);
    lua_settop(L, 2);
    if (lua_view_get(L, 1)) {
        more = lua_view_next(L, 1) != 0;
    } else {
        luaL_checktype(L, 1, LUA_TTABLE);
        if (stdlib_push_contents(L, 1))
            lua_replace(L, 1);
        more = lua_next(L, 1) != 0;
    }
    if (more)
        return 2;
    lua_pushnil(L);
    return 1;
}

static int list_step(lua_State *L)
{
    lua_Integer at = luaL_checkinteger(L, 2);
    const struct node *list = lua_view_get(L, 1);

    at = (lua_Integer)((lua_Unsigned)at + 1);
    lua_pushinteger(L, at);
    if (!list || list->type != NODE_LIST)
        return luaL_error(L, "not a list");
    /* Over the whole list, null items too: a walk that ends early would hide what follows. */
    if (at < 1 || (lua_Unsigned)at > list->list.count) {
        lua_pushnil(L);
        return 1;
    }
    lua_view_push(L, &list->list.items[at - 1]);
    return 2;
}

static int table_step(lua_State *L)
{
    lua_Integer at = (lua_Integer)((lua_Unsigned)luaL_checkinteger(L, 2) + 1);

    lua_pushinteger(L, at);
    return lua_geti(L, 1, at) == LUA_TNIL ? 1 : 2;
}

static int safe_ipairs(lua_State *L)
{
    const struct node *node = lua_view_get(L, 1);

    luaL_checkany(L, 1);
    if (node && node->type != NODE_LIST)
        return luaL_error(L, "ipairs walks lists; this one has names: use pairs");
    if (!node)
        luaL_checktype(L, 1, LUA_TTABLE);
    lua_pushcfunction(L, node ? list_step : table_step);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

/* A key of a table on its way into order: numbers, then texts, then all else as it comes. */
struct key {
    int rank;
    lua_Number number;
    struct str text;
    lua_Integer place; /* in the order in which Lua walks */
};

enum { RANK_NUMBER, RANK_TEXT, RANK_OTHER };

static int key_order(const void *left, const void *right)
{
    const struct key *a = left;
    const struct key *b = right;
    int order = a->rank - b->rank;

    if (order == 0 && a->rank == RANK_NUMBER)
        order = (a->number > b->number) - (a->number < b->number);
    else if (order == 0 && a->rank == RANK_TEXT)
        order = str_cmp(a->text, b->text);
    return order ? order : (a->place > b->place) - (a->place < b->place);
}

/* The key on top. */
static struct key describe_key(lua_State *L, lua_Integer place)
{
    struct key key = {.rank = RANK_OTHER, .place = place};

    if (lua_type(L, -1) == LUA_TNUMBER) {
        key.rank = RANK_NUMBER;
        key.number = lua_tonumber(L, -1);
    } else if (lua_type(L, -1) == LUA_TSTRING) {
        key.rank = RANK_TEXT;
        key.text.ptr = lua_tolstring(L, -1, &key.text.len);
    }
    return key;
}

static lua_Integer count_keys(lua_State *L, int table)
{
    lua_Integer count = 0;

    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        count++;
    }
    return count;
}

/* [-0, +1] a list of the keys of the table at index, in order. */
static void push_sorted_keys(lua_State *L, int table)
{
    lua_Integer count = count_keys(L, table);
    struct key *keys;
    int unsorted;
    lua_Integer place = 0;

    steps_take(L, (uint64_t)count);
    keys = sandbox_alloc(L, (size_t)count * sizeof *keys + 1);
    lua_createtable(L, (int)count, 0);
    unsorted = lua_gettop(L);
    lua_pushnil(L);
    while (place < count && lua_next(L, table)) {
        lua_pop(L, 1);
        keys[place] = describe_key(L, place + 1);
        lua_pushvalue(L, -1);
        lua_rawseti(L, unsorted, ++place);
    }
    lua_settop(L, unsorted);
    qsort(keys, (size_t)count, sizeof *keys, key_order);
    lua_createtable(L, (int)count, 0);
    for (lua_Integer i = 0; i < count; i++) {
        (void)lua_rawgeti(L, unsorted, keys[i].place);
        lua_rawseti(L, -2, i + 1);
    }
    lua_remove(L, unsorted);
}

/* Upvalues: the table, its keys in order, how many are done. The table is not what the loop holds:
 * of a library that is its read-only front. */
static int sorted_step(lua_State *L)
{
    lua_Integer at = lua_tointeger(L, lua_upvalueindex(3));

    for (;;) {
        at++;
        if (lua_rawgeti(L, lua_upvalueindex(2), at) == LUA_TNIL)
            return 1;
        lua_pushvalue(L, -1);
        if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) /* else taken out meanwhile */
            break;
        lua_pop(L, 2);
    }
    lua_pushinteger(L, at);
    lua_replace(L, lua_upvalueindex(3));
    return 2;
}

static int safe_pairs(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_settop(L, 1);
    if (lua_view_get(L, 1)) {
        lua_pushcfunction(L, safe_next);
    } else {
        luaL_checktype(L, 1, LUA_TTABLE);
        if (!stdlib_push_contents(L, 1))
            lua_pushvalue(L, 1);
        push_sorted_keys(L, 2);
        lua_pushinteger(L, 0);
        lua_pushcclosure(L, sorted_step, 3);
    }
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

const luaL_Reg safe_base[] = {
    {"get", lua_view_dig}, {"ipairs", safe_ipairs},     {"next", safe_next},
    {"pairs", safe_pairs}, {"tostring", safe_tostring}, {"type", safe_type},
    {NULL, NULL},
};
