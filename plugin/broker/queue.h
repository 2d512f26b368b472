#ifndef BROKER_QUEUE_H
#define BROKER_QUEUE_H

#include <stddef.h>

#include "broker/call.h"

/* Calls that wait for a worker, first come first served. A zeroed one is empty. */
struct queue {
    struct call *first;
    struct call *last;
    size_t len;
};

void queue_push(struct queue *queue, struct call *call);
/* The one that waits longest, or NULL. */
struct call *queue_pop(struct queue *queue);
void queue_remove(struct queue *queue, struct call *call);

#endif
