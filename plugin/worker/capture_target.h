#ifndef WORKER_CAPTURE_TARGET_H
#define WORKER_CAPTURE_TARGET_H

#include "base/arena.h"
#include "docker/request.h"
#include "worker/capture_secret.h"

/* The request target that means the same but for what is secret in its query. In the arena; "***",
 * which no one takes for a target, when that is full. */
struct str capture_target(const struct request *request, enum capture_secret_labels labels,
                          struct arena *arena);

#endif
