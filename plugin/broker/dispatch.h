#ifndef BROKER_DISPATCH_H
#define BROKER_DISPATCH_H

#include <stdint.h>

#include "base/verdict.h"
#include "broker/generations.h"
#include "broker/queue.h"

/* Brings calls and workers together: an idle worker at once, else the queue, within bounds of
 * number and time. Every call that comes in is settled exactly once. */

struct dispatch_plan {
    uint64_t decision_us;
    uint64_t wait_us;
    uint64_t queue_max;
    /* The outcome. verdict is borrowed; anything but a worker's clear allow is a denial. */
    void (*settle)(void *context, struct call *call, const struct verdict *verdict);
    void (*event)(void *context, const char *event, const char *what);
    void *context;
};

struct dispatch {
    struct loop *loop; /* borrowed */
    struct dispatch_plan plan;
    struct generations generations;
    struct queue queue;
    struct loop_delay deadline;  /* of a decision */
    struct loop_delay wait;      /* in the queue */
    struct loop_delay load_wait; /* in the queue, while no policies are loaded yet */
    struct loop_delay grow;      /* before waiting calls get another worker */
    struct loop_timer grow_timer;
};

/* generations' plan, policy and library are the caller's to fill, before dispatch_start(). */
void dispatch_init(struct dispatch *dispatch, struct loop *loop, const struct dispatch_plan *plan);

/* A call whose body is whole and kept. */
void dispatch_submit(struct dispatch *dispatch, struct call *call);

/* Load the policies, first or anew. */
void dispatch_reload(struct dispatch *dispatch);
/* Load them if they have changed. */
void dispatch_refresh(struct dispatch *dispatch);

/* Refuse all calls that wait, and those being decided: [overload] with these words. */
void dispatch_refuse_all(struct dispatch *dispatch, const char *words);

void dispatch_done(struct dispatch *dispatch);

#endif
