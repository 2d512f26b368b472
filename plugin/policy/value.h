#ifndef POLICY_VALUE_H
#define POLICY_VALUE_H

#include <lua.h>

#include "docker/node.h"
#include "policy/loading.h"

/* The Lua value at index as a tree: what a file says about a parameter before its type is known.
 * Tables become lists or maps; raises at functions, at tables that are both, and beyond 32 levels.
 * [-0, +0] */
struct node value_read(lua_State *L, int index, struct loading *loading);

/* What a value is, for people: `"srv"`, `12`, `a list`. At most size bytes in text, which it
 * returns. */
const char *value_describe(const struct node *value, char *text, size_t size);

#endif
