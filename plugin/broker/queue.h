#ifndef BROKER_QUEUE_H
#define BROKER_QUEUE_H

#include <stddef.h>

#include "broker/call.h"

/* Calls that wait for a worker: small ones before large ones, those of one size in the order in
 * which they came. A zeroed one is empty. */

enum {
    /* Of a body. What clients send in ordinary work is far below (the largest of 286 recorded
     * messages has 7 KB), and takes less than a millisecond; from here on it may take many. */
    QUEUE_LARGE_BYTES = 64 * 1024,
    /* A large call that has waited so long has its turn before a small one: they would keep it out
     * for as long as they fill all workers. Two in a row would do the same to them. */
    QUEUE_PATIENCE_US = 100 * 1000,
};

struct queue_lane {
    struct call *first;
    struct call *last;
    size_t len;
    uint64_t taken_us; /* when a worker last took one */
};

struct queue {
    struct queue_lane lanes[CALL_SIZES];
    enum call_size latest; /* that a worker took */
};

enum call_size queue_size(const struct call *call);

void queue_push(struct queue *queue, struct call *call);
/* A worker has it now. */
void queue_taken(struct queue *queue, struct call *call, uint64_t now_us);
void queue_remove(struct queue *queue, struct call *call);
/* Take any one, or NULL. */
struct call *queue_pop(struct queue *queue);

/* Whose turn it is; NULL when nobody waits who may have one. largest is the size that may. */
struct call *queue_next(const struct queue *queue, uint64_t now_us, enum call_size largest);

size_t queue_len(const struct queue *queue);

#endif
