#ifndef BROKER_POOL_H
#define BROKER_POOL_H

#include <stdint.h>

#include "base/loop.h"
#include "base/worker_link.h"
#include "broker/losses.h"
#include "broker/metrics.h"
#include "broker/worker.h"

/* The workers of one generation: all of them load the same snapshot. */

enum { POOL_PAUSES = 8 };

/* What all pools share. */
struct pool_plan {
    struct loop *loop;   /* borrowed */
    const char *program; /* borrowed */
    struct worker_limits limits;
    struct metrics *metrics; /* borrowed */
    size_t min;
    size_t max;
    struct loop_delay start_bound; /* for a worker to load its set */
    uint64_t age_max;              /* decisions of one worker; 0: any number */
    uint64_t kept_bytes_max;       /* memory beyond what it had when it was ready; 0: any */
    /* Before workers that died at their start are replaced: longer from time to time. */
    struct loop_delay pauses[POOL_PAUSES];
    struct loop_delay shrink; /* between looks at how many are idle */
    struct loop_delay look;   /* from a large call to the look at what memory its worker kept */
    bool told_missing;        /* which protections the system lacks has been said */
};

void pool_plan_init(struct pool_plan *plan, struct loop *loop);

struct pool;

struct pool_ops {
    /* A worker has loaded the set or failed to; the owner kills it or gives it to the pool. */
    void (*ready)(struct pool *pool, struct worker *worker, const struct frame *frame);
    /* worker is idle: the owner asks it again or gives it back. */
    void (*verdict)(struct pool *pool, struct worker *worker, struct call *call,
                    const struct verdict *verdict);
    /* A worker was lost; call is NULL unless it was deciding one. */
    void (*lost)(struct pool *pool, struct call *call, const char *reason, const char *text);
    /* No worker could be started, or one died as it loaded: a pause follows. */
    void (*stuck)(struct pool *pool, const char *why);
    /* The set took a worker that loaded it past a limit, as it will do with any other. */
    void (*unloadable)(struct pool *pool, const char *why);
    /* The pool is ending, and its last process is collected. */
    void (*drained)(struct pool *pool);
};

struct pool {
    struct pool_plan *plan;     /* borrowed */
    const struct pool_ops *ops; /* borrowed */
    uint64_t number;            /* of the generation, for the log */
    int snapshot_fd;            /* borrowed */
    struct worker *first;       /* all of them; owned */
    struct worker *idle;        /* the latest used first: the others may be let go */
    size_t live;                /* not ending */
    size_t starting;
    size_t large; /* workers that have a large call */
    size_t worn;  /* live ones that are to be replaced */
    bool relief;  /* a worker came for one of those */
    size_t idle_count;
    size_t idle_least; /* since the last look */
    bool ending;
    size_t pace; /* which pause is next */
    struct losses losses;
    bool stuck; /* the latest to start could not, or died before it was ready */
    struct loop_timer pause;
    struct loop_timer shrink;
};

void pool_init(struct pool *pool, struct pool_plan *plan, const struct pool_ops *ops,
               uint64_t number, int snapshot_fd);

/* Start workers until there are plan->min, unless it pauses. */
void pool_fill(struct pool *pool);
/* Start one more for calls that wait, if none is starting and there may be more. */
void pool_grow(struct pool *pool);

/* The largest call that a worker may be taken for: large ones have half of them, at least one. */
enum call_size pool_largest(const struct pool *pool);
/* An idle worker for a call of that size, which the pool then counts as busy; NULL when there is
 * none. */
struct worker *pool_take(struct pool *pool, enum call_size size);
/* It has nothing to do. */
void pool_give(struct pool *pool, struct worker *worker);

/* Start nobody for a while: each time longer, until a worker has decided something. */
void pool_pause(struct pool *pool);
/* The same, and say so: ops.stuck follows. */
void pool_stuck(struct pool *pool, const char *why);
/* Kill a worker that is ready or busy, for that reason; the pool makes up for it. */
void pool_kill(struct pool *pool, struct worker *worker, const char *reason, const char *text);

/* End idle and starting workers now, busy ones when they come back; ops.drained follows. */
void pool_end(struct pool *pool);
/* Kill and free all of them here and now. */
void pool_done(struct pool *pool);

#endif
