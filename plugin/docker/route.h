#ifndef DOCKER_ROUTE_H
#define DOCKER_ROUTE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "docker/action.h"
#include "docker/query.h"
#include "docker/schema.h"

/* What the engine does with the body of a request on this route. */
enum body_rule {
    BODY_IGNORED,       /* never read, whatever it is: GET, HEAD, DELETE, OPTIONS */
    BODY_NONE,          /* not read as JSON, but as a form if it is one */
    BODY_TAR,           /* an archive, which is never shown; a form would be read as one */
    BODY_JSON,          /* needed */
    BODY_JSON_OR_NULL,  /* needed, and null will do: a Go client's empty list */
    BODY_JSON_OR_EMPTY, /* needed, or a body of length 0 */
    BODY_JSON_OPTIONAL, /* none will do */
    BODY_CREDENTIALS,   /* never to be looked at */
};

enum target_kind {
    TARGET_NONE,
    TARGET_CONTAINER,
    TARGET_EXEC,
    TARGET_CHECKPOINT,
    TARGET_IMAGE,
    TARGET_NETWORK,
    TARGET_VOLUME,
    TARGET_PLUGIN,
    TARGET_SERVICE,
    TARGET_NODE,
    TARGET_TASK,
    TARGET_SECRET,
    TARGET_CONFIG,
};

struct route {
    enum action action;
    struct str method; /* empty: any */
    /* "{name}" stands for any text, "/" included; "{id}" for a text without it, not empty. */
    struct str pattern;
    /* A query parameter that must not be empty for this row to fit; may be empty. */
    struct str wants;
    enum target_kind target;
    enum body_rule body_rule;
    const struct type *body; /* what a body is read as; NULL: it is not read */
    /* Parameters, with a blank between them, of which the engine takes the first and that must not
     * be sent twice; may be empty. */
    struct str once;
};

/* Every call outside the table. */
extern const struct route route_unknown;

/* What the wildcards of a pattern stood for: the object's name as sent, decoded. */
struct route_target {
    struct str name;
    struct str parent; /* the container of a checkpoint; else empty */
};

/* The row of a call, &route_unknown where there is none. The first row that fits counts, as in the
 * engine. The texts of *ret are borrowed from path. */
const struct route *route_find(struct str method, struct str path, const struct query *query,
                               struct route_target *ret);

/* A parameter that must not be sent twice on this route and is; empty when there is none. */
struct str route_repeated(const struct route *route, const struct query *query);

/* The i-th row, or NULL behind the last: for lists of what is known. */
const struct route *route_at(size_t i);

/* "container"; empty for TARGET_NONE. */
struct str route_target_name(enum target_kind kind);

#endif
