#ifndef POLICY_STDLIB_H
#define POLICY_STDLIB_H

#include <lua.h>

/* Install what policies may see, and nothing else:
 *
 *   assert error ipairs next pairs pcall select tonumber tostring type _VERSION
 *   string  byte char find format gmatch gsub len lower match rep reverse sub upper
 *   table   concat insert pack remove sort unpack
 *   math    abs ceil floor fmod huge max maxinteger min mininteger modf tointeger type ult
 *   utf8    char charpattern codepoint codes len offset
 *   cidr    any match
 *   glob    any match
 *   path    clean reaches under under_any
 *   text    contains ends split starts trim
 *   time    fields parse text
 *
 * and get, data. Left out are the loaders, which would run unreviewed text;
 * setmetatable, whose finalizers run with hooks off; xpcall, whose handler does; coroutines, each
 * of which counts anew; random numbers, as decisions must be reproducible; and all that reaches
 * files, the clock or addresses. Libraries are read-only, so that all files can share one copy.
 * [-0, +0] */
void stdlib_open(lua_State *L);

/* [-0, +1] the environment of one file: its own globals above the shared ones. */
void stdlib_push_env(lua_State *L);

/* [-0, +1] the table of all that files share. */
void stdlib_push_globals(lua_State *L);

/* [-0, +0] The table that pairs() and next() should walk for a value at index: a read-only library
 * has its contents behind it. Pushes the contents and returns 1, or returns 0. */
int stdlib_push_contents(lua_State *L, int index);

#endif
