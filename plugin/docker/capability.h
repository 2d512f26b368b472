#ifndef DOCKER_CAPABILITY_H
#define DOCKER_CAPABILITY_H

#include "base/arena.h"
#include "base/str.h"

/* A capability's name as the engine takes it, without "CAP_": "cap_sys_admin" and "Sys_Admin" are
 * "SYS_ADMIN", "all" is "ALL". Upper-cased as Go's strings.ToUpper does for every letter that ends
 * up in ASCII; all else is kept. "CAP_ALL", which the engine refuses, stays "CAP_ALL". Borrowed
 * when nothing changes. .ptr is NULL when the arena is full.
 * Source: moby oci/caps/utils.go, NormalizeLegacyCapabilities. */
struct str capability_name(struct arena *arena, struct str name);

#endif
