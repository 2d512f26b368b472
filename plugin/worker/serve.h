#ifndef WORKER_SERVE_H
#define WORKER_SERVE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/err.h"
#include "policy/set.h"
#include "worker/capture.h"

/* One worker's state between decisions. */
struct serve {
    struct worker_page *page;
    struct arena arena;     /* of one request */
    struct arena words;     /* of one refusal */
    struct buffer input;    /* one frame in */
    struct buffer output;   /* one verdict out */
    struct capture capture; /* of one request */
    struct buffer findings; /* why the set does not load, a line each */
    struct policy_set *set; /* NULL: there is none, so everything is denied */
};

/* Ready for questions, without a set. Errors: ERR_SYSTEM. */
MUST_CHECK int serve_init(struct serve *serve, struct worker_page *page, struct err *err);
/* Load the set of the snapshot, which outlives serve; or keep the findings that speak against it,
 * or that it consists of. */
void serve_load(struct serve *serve, const struct snapshot *snapshot);
/* Tell the parent how the load went. Errors: ERR_SYSTEM. */
MUST_CHECK int serve_report(struct serve *serve, struct err *err);
/* Answer one question after the other until the parent closes their pipe. */
MUST_CHECK int serve_run(struct serve *serve, struct err *err);
/* Takes a zeroed one too. */
void serve_done(struct serve *serve);

#endif
