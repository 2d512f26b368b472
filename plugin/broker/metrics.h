#ifndef BROKER_METRICS_H
#define BROKER_METRICS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "base/str.h"

/* What the daemon counts of itself, as plain numbers: counting costs a decision a few additions. No
 * name, target or text of a call is in it. */

enum metrics_stage { METRICS_REQUEST, METRICS_RESPONSE, METRICS_STAGES };
enum metrics_verdict { METRICS_ALLOW, METRICS_DENY, METRICS_VERDICTS };
enum { METRICS_REASONS = 14, METRICS_EXITS = 6, METRICS_BOUNDS = 16 };

/* Words that are counted by; the last of each list stands for all others. */
extern const struct str metrics_stage_names[METRICS_STAGES];
extern const struct str metrics_verdict_names[METRICS_VERDICTS];
extern const struct str metrics_reason_names[METRICS_REASONS];
extern const struct str metrics_exit_names[METRICS_EXITS];
/* Upper bounds of a histogram's buckets, in µs; one more bucket has what is beyond. */
extern const uint64_t metrics_bounds_us[METRICS_BOUNDS];

struct metrics_histogram {
    uint64_t buckets[METRICS_BOUNDS + 1]; /* each alone, not those below it too */
    uint64_t sum_us;
};

struct metrics_reload {
    uint64_t loaded; /* how many did */
    uint64_t failed;
    time_t last_s; /* when the latest was over; 0: none yet */
    bool last_failed;
    char last_why[512]; /* it failed; "" */
};

struct metrics {
    uint64_t decisions[METRICS_STAGES][METRICS_VERDICTS][METRICS_REASONS];
    struct metrics_histogram queue;  /* requests, from their last byte to a worker */
    struct metrics_histogram decide; /* requests, from a worker to the verdict */
    uint64_t exits[METRICS_EXITS];   /* of workers */
    uint64_t empty;                  /* calls without content */
    uint64_t undelivered;            /* answers whose caller had left */
    uint64_t withheld;               /* allowed, but their records did not reach the disk */
    struct metrics_reload reload;
};

/* How one call ended. */
struct metrics_decision {
    enum metrics_stage stage;
    bool allow;
    bool decided; /* by a worker */
    struct str reason;
    uint64_t queue_us;
    uint64_t decide_us; /* where it was decided */
};

void metrics_decision(struct metrics *metrics, const struct metrics_decision *decision);
/* A worker ended, for a reason that is one word. */
void metrics_exit(struct metrics *metrics, const char *reason);
/* What the trail is told besides decisions: "undelivered", "withheld", "reload", and
 * "reload-failed" with the reason. Others are not counted. */
void metrics_event(struct metrics *metrics, const char *event, const char *subject);

/* Decisions of any stage with that verdict. */
uint64_t metrics_count(const struct metrics *metrics, enum metrics_verdict verdict);
/* Denials for that reason, of any stage. */
uint64_t metrics_denied(const struct metrics *metrics, struct str reason);

#endif
