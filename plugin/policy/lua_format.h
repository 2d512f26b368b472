#ifndef POLICY_LUA_FORMAT_H
#define POLICY_LUA_FORMAT_H

#include <lua.h>

/* string.format as a lua_CFunction: all conversions of Lua's own but %p, whose addresses would help
 * to get around address space randomization. Widths and precisions have at most two digits. */
int lua_format(lua_State *L);

/* [-0, +1] the value at index as text. Where Lua's own tostring has an address, this has the type's
 * name only; a view is a "table" to policies. */
void lua_format_value(lua_State *L, int index);

#endif
