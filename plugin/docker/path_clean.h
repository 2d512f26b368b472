#ifndef DOCKER_PATH_CLEAN_H
#define DOCKER_PATH_CLEAN_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

/* The shortest equal path by words alone, as Go's path.Clean makes it and the engine uses it for
 * mounts: "//", "/./" and "x/../" go, "/../" at the root goes, "" becomes ".". A path that is clean
 * already is borrowed. .ptr is NULL when the arena is full. */
struct str path_clean(struct arena *arena, struct str path);

static inline bool path_clean_is_absolute(struct str path)
{
    return path.len > 0 && path.ptr[0] == '/';
}

/* A relative path that leaves the directory it starts in: "..", "../x", "a/../../b". */
bool path_clean_climbs(struct str path);

#endif
