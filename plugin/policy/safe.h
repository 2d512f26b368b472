#ifndef POLICY_SAFE_H
#define POLICY_SAFE_H

#include <lauxlib.h>

/* Functions in place of Lua's own of the same name: they show no addresses, treat views as tables
 * and walk keys in order. Ended by NULL. */
extern const luaL_Reg safe_base[];

#endif
