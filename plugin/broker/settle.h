#ifndef BROKER_SETTLE_H
#define BROKER_SETTLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "base/err.h"
#include "base/verdict.h"
#include "broker/audit.h"
#include "broker/call.h"
#include "broker/http.h"
#include "broker/metrics.h"

/* The end of every call: its record first, then its answer. */
struct settle {
    struct audit audit;
    struct http *http;       /* borrowed */
    struct metrics *metrics; /* borrowed */
    struct call *first;      /* recorded, and held until their records are on the disk; borrowed */
    struct call *last;
    uint32_t boot; /* tells the decision ids of one run from those of another */
};

enum { SETTLE_ID_BYTES = 40 };

/* Open the trail. Errors: ERR_SYSTEM, ERR_INVALID. */
MUST_CHECK int settle_start(struct settle *settle, const struct settings *settings,
                            struct http *http, struct metrics *metrics, struct err *err);
void settle_done(struct settle *settle);

void settle_id(const struct settle *settle, const struct call *call, char ret[SETTLE_ID_BYTES]);

/* Record and answer a call, now or at the next settle_flush(). What is known of a response is never
 * a reason to withhold it: its verdict counts as an allow, unless it came without content. */
void settle_call(struct settle *settle, struct call *call, const struct verdict *verdict);
/* Something that is no decision goes to the trail. */
void settle_note(struct settle *settle, const char *event, const char *subject);
/* Answer those that are held. Before each wait of the loop. Returns whether there were any. */
bool settle_flush(struct settle *settle);

#endif
