#ifndef DOCKER_VIEW_H
#define DOCKER_VIEW_H

#include "base/cleanup.h"
#include "docker/request.h"

/* Build request->view, what rules read as `req`, from all else in *request.
 * Returns 0, or -1 when the arena is full. */
MUST_CHECK int view_build(struct request *request, struct arena *arena);

#endif
