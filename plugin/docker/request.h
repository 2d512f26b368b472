#ifndef DOCKER_REQUEST_H
#define DOCKER_REQUEST_H

#include "base/arena.h"
#include "docker/envelope.h"
#include "docker/node.h"
#include "docker/refusal.h"
#include "docker/route.h"

/* One AuthZ message, read as the engine will act on it. All of it lives in the arena. */
struct request {
    struct envelope envelope;
    const struct route *route; /* never NULL once the message is read: &route_unknown is one */
    struct str target;         /* the object's name as sent, decoded; empty when there is none */
    struct node body;          /* the canonical tree; NODE_NULL without a body */
    struct node view;          /* what rules see as `req` */
};

/* Read an AuthZReq message: envelope, request line, route, body, gate, view.
 * Returns 0, or -1 with *refusal filled when it is refused: what was read until then stands in
 * *ret, the rest of it is zero. */
int request_read(struct str message, struct arena *arena, struct request *ret,
                 struct refusal *refusal);

#endif
