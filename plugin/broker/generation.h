#ifndef BROKER_GENERATION_H
#define BROKER_GENERATION_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "base/digest.h"
#include "broker/pool.h"

/* A generation is one snapshot of the policies with the workers that loaded it. One is current. A
 * reload makes a candidate; when enough of its workers are ready it becomes current by one
 * assignment, and the old one's workers end as they come back: no call ever sees two generations. A
 * candidate that does not load is ended, and the old one stays. A newer one takes the place of one
 * that still loads. Only where there is no good one, a broken one serves: its workers refuse
 * everything, with the reason. */

enum generation_state { GENERATION_LOADING, GENERATION_SERVING, GENERATION_BROKEN };

struct generations;

struct generation {
    struct generation *next;
    struct generations *all; /* borrowed */
    struct pool pool;
    uint64_t number;
    enum generation_state state;
    time_t since_s;                  /* when it became current */
    bool refusing;                   /* there is no set to load: what its workers load is why */
    int snapshot_fd;                 /* owned */
    char hash[DIGEST_HEX_BYTES + 1]; /* of the snapshot's files; "" where there is none */
    char why[512];                   /* what is wrong with it, in words; "" */
};

/* The latest set that did not load, until a later one does or the earlier one is back. */
struct generation_failure {
    uint64_t number;                 /* of the generation; 0: there is none */
    char hash[DIGEST_HEX_BYTES + 1]; /* "" where another try may end otherwise */
    char why[512];
};

/* What whoever hands out calls hears of. */
struct generation_ops {
    /* Of the current generation, and it has nothing to do. */
    void (*idle)(void *context, struct worker *worker);
    /* The same worker said so: it is idle too, in whatever generation. */
    void (*verdict)(void *context, struct worker *worker, struct call *call,
                    const struct verdict *verdict);
    void (*lost)(void *context, struct call *call, const char *reason, const char *text);
    /* Idle workers may have calls that they could not have before: another generation is current,
     * or a worker was lost that had a large call's share. */
    void (*changed)(void *context);
    /* Calls that wait may wait in vain: generations_hopeless(). */
    void (*stuck)(void *context);
    /* For the record: "reload" with the hash, "reload-failed" with the reason. */
    void (*event)(void *context, const char *event, const char *what);
};

struct generations {
    struct pool_plan plan;
    const char *policy;  /* directory; borrowed */
    const char *library; /* borrowed */
    const struct generation_ops *ops;
    void *context;
    struct generation *first; /* all of them; owned */
    struct generation *current;
    struct generation *candidate;
    uint64_t count;
    struct generation_failure failure;
};

/* What a generation that does not load is to be blamed on. */
enum generation_fault {
    GENERATION_UNFIT,    /* the set: it would fail again */
    GENERATION_HINDERED, /* the system, or chance */
};

/* One that belongs to nobody yet, and has no snapshot. NULL where there is no memory, which is
 * logged. */
struct generation *generation_new(struct generations *all);
/* Its workers too. */
void generation_free(struct generation *generation);

void generation_set_why(struct generation *generation, struct str text);
/* Whether one that is not good may be current: it replaces none that is. */
bool generation_may_break(const struct generations *all);
/* In place of a set that cannot be loaded: its workers refuse, with the words of why. Returns 0, or
 * -1: there is no snapshot. */
int generation_refuse_all(struct generation *generation);
/* End one that is not current and does not load: generation->why. It may be gone then. */
void generation_reject(struct generation *generation, enum generation_fault fault);

#endif
