#ifndef DOCKER_QUERY_H
#define DOCKER_QUERY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "docker/refusal.h"

struct param {
    struct str key;   /* decoded; case matters */
    struct str value; /* decoded; empty when it was sent without "=" */
};

/* What stands after the "?", decoded, in the order in which it was sent. */
struct query {
    struct param *params;
    size_t count;
};

/* Read a raw query. Refuses what the engine refuses or drops: ";" and a bad %-escape.
 * Returns 0, or -1 with *refusal filled. Text without escapes is borrowed from raw. */
MUST_CHECK int query_parse(struct str raw, struct arena *arena, struct query *ret,
                           struct refusal *refusal);

/* The value that the engine takes where it wants one: the first; empty when there is none. */
struct str query_first(const struct query *query, struct str key);
/* The value of the next parameter of that name at or after *cursor, which moves behind it:
 * for (size_t at = 0; query_next(query, key, &at, &value);). */
bool query_next(const struct query *query, struct str key, size_t *cursor, struct str *ret);
size_t query_count(const struct query *query, struct str key);
/* As the engine reads a boolean (moby httputils.BoolValue): false is absent, empty, "0", "no",
 * "false" and "none" in any case with blanks around them; anything else is true. */
bool query_bool(const struct query *query, struct str key);

#endif
