#ifndef POLICY_LUA_PATTERN_H
#define POLICY_LUA_PATTERN_H

#include <lua.h>

/* The functions of the string library that take patterns, over policy/match.h: lua_CFunction. */
int lua_pattern_find(lua_State *L);
int lua_pattern_match(lua_State *L);
int lua_pattern_gmatch(lua_State *L);
int lua_pattern_gsub(lua_State *L);

#endif
