#ifndef DOCKER_REQUEST_H
#define DOCKER_REQUEST_H

#include "base/arena.h"
#include "base/cleanup.h"
#include "docker/envelope.h"
#include "docker/line.h"
#include "docker/node.h"
#include "docker/refusal.h"
#include "docker/route.h"

/* One AuthZ message, read as the engine will act on it. All of it lives in the arena. */
struct request {
    struct envelope envelope;
    struct line line;          /* version, path and query */
    const struct route *route; /* never NULL once the message is read: &route_unknown is one */
    struct str target;         /* the object's name as sent, decoded; empty when there is none */
    struct str target_parent;  /* the container of a checkpoint; else empty */
    bool has_body;             /* the engine reads a body here, and body is what it reads */
    struct node body;          /* the canonical tree; NODE_NULL without a body */
    struct node unknown;       /* NODE_LIST of strings: keys in the body that are not known */
    struct node view;          /* what rules see as `req` */
};

/* Read an AuthZReq message: envelope, request line, route, body, gate, view.
 * Returns 0, or -1 with *refusal filled when it is refused: what was read until then stands in
 * *ret, the rest of it is zero. */
MUST_CHECK int request_read(struct str message, struct arena *arena, struct request *ret,
                            struct refusal *refusal);

/* Read envelope and request line only: enough to name the call. Returns 0, or -1 as request_read().
 */
MUST_CHECK int request_describe(struct str message, struct arena *arena, struct request *ret,
                                struct refusal *refusal);

#endif
