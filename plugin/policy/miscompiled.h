#ifndef POLICY_MISCOMPILED_H
#define POLICY_MISCOMPILED_H

#include <lua.h>
#include <stdbool.h>

#include "base/str.h"

/* What the linked Lua is known to compile wrongly, without a word: a rule would mean something
 * else than it says. Both faults are in the Lua of Debian 12 (5.4.4), the second in that of
 * Debian 13 (5.4.7) too. */
enum miscompiled {
    /* n & (a or b), | and ~ alike, is computed with a stale value in a function of more than 256
     * constants. Mended in Lua 5.4.5 (lua/lua commit c764ca71). */
    MISCOMPILED_BITS = 1,
    /* t[a < b], where t is a local of an outer function, reads whatever lies about instead of t.
     * Mended in Lua 5.4.8 (lua/lua commit 782ef85b). */
    MISCOMPILED_INDEX = 2,
    MISCOMPILED_ALL = MISCOMPILED_BITS | MISCOMPILED_INDEX,
};

/* Compile and run a canary for each. Returns those that this Lua gets wrong. [-0, +0] */
unsigned miscompiled_probe(lua_State *L);

enum { MISCOMPILED_WHAT_BYTES = 256 };

struct miscompiled_place {
    int line;
    char what[MISCOMPILED_WHAT_BYTES]; /* what is wrong there, and how to write it */
};

/* The first place of a text that may be hit by one of these faults. None is overlooked; some places
 * that are found are not hit, since the number of a function's constants and the scope of a
 * table are only bounded, and the other spelling costs nothing. */
bool miscompiled_find(struct str text, unsigned faults, struct miscompiled_place *ret);

#endif
