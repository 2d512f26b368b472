#ifndef POLICY_LUA_STRING_H
#define POLICY_LUA_STRING_H

#include <lua.h>

enum {
    LUA_STRING_REP_BYTES_MAX = 1024 * 1024, /* of what string.rep gives */
    LUA_STRING_REP_COUNT_MAX = 65536,
};

/* [-0, +1] The string library of policies: byte char find format gmatch gsub len lower match rep
 * reverse sub upper. As Lua's own (5.4 manual, section 6.4) for all that is legal there, but each
 * function pays in steps for the bytes that it runs over, rep is bounded, and format tells no
 * addresses. What could build code or binary data (dump, pack, packsize, unpack) is left out. */
void lua_string_open(lua_State *L);

#endif
