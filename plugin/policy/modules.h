#ifndef POLICY_MODULES_H
#define POLICY_MODULES_H

#include <lua.h>

#include "base/snapshot.h"
#include "policy/loading.h"

/* The files that rules may share: lib/ of the site and of the library. */
struct modules {
    struct source *sources; /* the site's first */
    size_t count;
};

/* Find them. Returns -1 when memory ran out. */
MUST_CHECK int modules_find(const struct snapshot *snapshot, struct arena *arena,
                            struct modules *ret);

/* require("lib.ports"): what lib/ports.lua returns. A lua_CFunction. Each file that asks gets its
 * own copy, so that no rule can change what another one uses; only while files are run, not in
 * check functions. */
int modules_require(lua_State *L);

#endif
