#ifndef DOCKER_SECCOMP_PROFILE_H
#define DOCKER_SECCOMP_PROFILE_H

#include "base/arena.h"
#include "base/str.h"

/* What is wrong with a custom seccomp profile (JSON) so that it switches the filter off: its
 * default action lets calls through, logs them or hands them to somebody else to decide, is absent,
 * given twice, or not known; or it cannot be read at all. Empty when it is a filter.
 * Source: moby profiles/seccomp, setupSeccomp: without default action and calls there is none. */
struct str seccomp_profile_problem(struct arena *arena, struct str json);

#endif
