#ifndef POLICY_LUA_VIEW_H
#define POLICY_LUA_VIEW_H

#include <lua.h>

#include "docker/node.h"

/* Trees of nodes as rules read them: userdata that looks like a table, cannot be written, and
 * walks its keys in order. Reading a field that a struct does not have is an error that names it,
 * so that a typo never passes as nil; null reads as nil. The tree outlives the state. */

/* Once in each state, before all else here. [-0, +0] */
void lua_view_open(lua_State *L);

/* The node as a Lua value; NULL is nil. [-0, +1] */
void lua_view_push(lua_State *L, const struct node *node);

/* The node behind a view, or NULL: the value at index is none. */
const struct node *lua_view_get(lua_State *L, int index);

/* next() for the view at index, after the key on top. [-1, +2], or [-1, +0] and 0 at the end. */
int lua_view_next(lua_State *L, int index);

enum { LUA_VIEW_FAULT_BYTES = 512 };

/* What is said of a field that the record or list at path ("req.container") does not have. */
void lua_view_fault(const struct node *node, const char *path, struct str key,
                    char ret[LUA_VIEW_FAULT_BYTES]);

/* get(t, "a.b.c"): down a path of keys as long as there is something, through views and tables.
 * A lua_CFunction. */
int lua_view_dig(lua_State *L);

#endif
