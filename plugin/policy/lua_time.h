#ifndef POLICY_LUA_TIME_H
#define POLICY_LUA_TIME_H

#include <lua.h>

/* time: fields, parse, text. What policies use in place of os.date and os.time, which read the
 * clock and the zones of the machine. [-0, +1] */
void lua_time_open(lua_State *L);

#endif
