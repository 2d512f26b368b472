#ifndef LUA_STATE_H
#define LUA_STATE_H

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdlib.h>

#include "check.h"
#include "policy/steps.h"

/* A plain Lua state beside which a budget stands that raises an error when it is spent. */

#define LUA_STATE_SPENT "steps spent"

static inline void lua_state_spent(lua_State *L)
{
    (void)luaL_error(L, LUA_STATE_SPENT);
}

static inline lua_State *lua_state_new(struct steps *steps)
{
    lua_State *L = luaL_newstate();

    CHECK(L != NULL);
    steps->spent = lua_state_spent;
    steps->left = UINT64_MAX;
    steps_attach(L, steps);
    luaL_openlibs(L);
    return L;
}

/* Run Lua text; an error in it fails the test with its words. */
static inline void lua_state_run(lua_State *L, const char *text)
{
    if (luaL_dostring(L, text) != LUA_OK) {
        (void)fprintf(stderr, "%s\n", lua_tostring(L, -1));
        exit(1);
    }
}

#endif
