#ifndef WORKER_EXPLAIN_H
#define WORKER_EXPLAIN_H

#include "base/buffer.h"
#include "base/cleanup.h"
#include "worker/answer.h"
#include "worker/capture.h"

/* Decide one message as answer_message() does, and append why, as a JSON object: the verdict, the
 * facts of the call, every rule and what it said, and what the request meant to the engine, without
 * what is secret in it. Returns 0, or -1 when the buffer failed. */
MUST_CHECK int explain_message(const struct answer_scope *scope, struct str message,
                               struct capture *capture, struct buffer *out);

#endif
