#ifndef POLICY_LUA_ARGS_H
#define POLICY_LUA_ARGS_H

#include <lauxlib.h>
#include <lua.h>

#include "base/str.h"

/* What functions that take text have in common. */

/* The string (or number, as Lua takes it) at index; raises where it is something else. */
static inline struct str lua_args_str(lua_State *L, int index)
{
    struct str s;

    s.ptr = luaL_checklstring(L, index, &s.len);
    return s;
}

/* A start position as string.find takes it, as an index from 0: negative ones count from the end.
 * May be beyond len. */
static inline size_t lua_args_start(lua_State *L, int index, lua_Integer absent, size_t len)
{
    lua_Integer position = luaL_optinteger(L, index, absent);

    if (position > 0)
        return (size_t)position - 1;
    if (position == 0 || position < -(lua_Integer)len)
        return 0;
    return len - (size_t)-position;
}

/* An end position as string.sub takes it, as a count of bytes up to and with it. */
static inline size_t lua_args_end(lua_State *L, int index, lua_Integer absent, size_t len)
{
    lua_Integer position = luaL_optinteger(L, index, absent);

    if (position > (lua_Integer)len)
        return len;
    if (position >= 0)
        return (size_t)position;
    return position < -(lua_Integer)len ? 0 : len - (size_t)-position + 1;
}

#endif
