#ifndef POLICY_MISSING_H
#define POLICY_MISSING_H

#include <lua.h>

/* The words for a name that policies do not have: what was meant, or how it is done here. names is
 * the index of the table of what there is; library is that of a library ("text"), or NULL for the
 * globals. Anything but a text as name is told of as such. [-0, +1] */
void missing_push(lua_State *L, int names, const char *library, const char *name);

#endif
