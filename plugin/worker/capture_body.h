#ifndef WORKER_CAPTURE_BODY_H
#define WORKER_CAPTURE_BODY_H

#include "base/arena.h"
#include "base/buffer.h"
#include "docker/request.h"
#include "worker/capture_secret.h"

/* Append the body of a request that has one as JSON that reads as the same but for what is secret
 * in it. What stands at the zero value that it would have anyway is left out; of keys that are not
 * known only the names are kept. Failure is the buffer's to tell. */
void capture_body(const struct request *request, enum capture_secret_labels labels,
                  struct arena *arena, struct buffer *out);

#endif
