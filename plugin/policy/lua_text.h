#ifndef POLICY_LUA_TEXT_H
#define POLICY_LUA_TEXT_H

#include <lua.h>

/* The helpers that policies use on text in place of patterns. All of them take linear time and pay
 * for it in steps. Where they take a list, a view (userdata) is as good as a table.
 * [-0, +1] each: pushes the table of functions. */

/* text: starts, ends, contains, split, trim */
void lua_text_open(lua_State *L);
/* glob: match, any */
void lua_text_open_glob(lua_State *L);
/* path: clean, under, under_any, reaches */
void lua_text_open_path(lua_State *L);
/* cidr: match, any */
void lua_text_open_cidr(lua_State *L);

#endif
