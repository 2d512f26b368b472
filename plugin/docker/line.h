#ifndef DOCKER_LINE_H
#define DOCKER_LINE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "docker/query.h"
#include "docker/refusal.h"

/* API versions below this one are not spoken: older engines take whole host configurations in
 * other calls there. */
enum { LINE_API_MAJOR_MIN = 1, LINE_API_MINOR_MIN = 24 };

/* A request target, taken apart as the engine does it. */
struct line {
    struct str api;     /* "1.41"; empty: none was sent, the engine takes its newest */
    unsigned api_major; /* 0 without a version */
    unsigned api_minor; /* 0 without a version */
    struct str path;    /* decoded, without the version; begins with "/" */
    struct query query;
};

/* Was a version sent that is older than 1.<minor>? The engine drops fields that came later. */
static inline bool line_is_before(const struct line *line, unsigned minor)
{
    return line->api.len && line->api_major == LINE_API_MAJOR_MIN && line->api_minor < minor;
}

/* Read a request target. Returns 0, or -1 with *refusal filled ("request.target",
 * "request.version", "request.query"); *ret then holds what was read until there. */
MUST_CHECK int line_parse(struct str uri, struct arena *arena, struct line *ret,
                          struct refusal *refusal);

#endif
