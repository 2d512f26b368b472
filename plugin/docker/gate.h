#ifndef DOCKER_GATE_H
#define DOCKER_GATE_H

#include "base/arena.h"
#include "base/cleanup.h"
#include "docker/envelope.h"
#include "docker/line.h"
#include "docker/refusal.h"
#include "docker/route.h"

/* Refuse what no honest client sends and what cannot be known, before any rule is asked: parameters
 * that are sent twice, forms in a body (which would win over the query and are never shown), bodies
 * that the engine may read but did not show.
 * Returns 0, or -1 with *refusal filled. What the body holds is not looked at here. */
MUST_CHECK int gate_check(const struct route *route, const struct envelope *envelope,
                          const struct line *line, struct arena *arena, struct refusal *refusal);

/* Why a call that needs a body and has none is refused: it is empty, hidden, or null. Returns -1.
 */
int gate_refuse_missing(const struct envelope *envelope, struct refusal *refusal);

#endif
