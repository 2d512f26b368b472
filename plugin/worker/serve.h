#ifndef WORKER_SERVE_H
#define WORKER_SERVE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/err.h"
#include "policy/set.h"

/* One worker's state between decisions. */
struct serve {
    int channel;
    struct worker_page *page;
    struct arena arena;     /* of one request */
    struct buffer input;    /* one frame in */
    struct buffer output;   /* one verdict out */
    struct buffer findings; /* why the set does not load */
    struct policy_set *set; /* NULL: it does not load, so everything is denied */
};

/* Load the set of the snapshot and make ready for the first question. Errors: ERR_SYSTEM. */
MUST_CHECK int serve_init(struct serve *serve, int channel, const struct snapshot *snapshot,
                          struct worker_page *page, struct err *err);
/* Tell the parent how the load went. Errors: ERR_SYSTEM. */
MUST_CHECK int serve_report(struct serve *serve, struct err *err);
/* Answer one question after the other until the parent closes the channel. */
MUST_CHECK int serve_run(struct serve *serve, struct err *err);
/* Takes a zeroed one too. */
void serve_done(struct serve *serve);

#endif
