#include "broker/queue.h"

enum call_size queue_size(const struct call *call)
{
    return call->body.len > QUEUE_LARGE_BYTES ? CALL_LARGE : CALL_SMALL;
}

void queue_push(struct queue *queue, struct call *call)
{
    struct queue_lane *lane = &queue->lanes[queue_size(call)];

    call->next = NULL;
    call->prev = lane->last;
    if (lane->last)
        lane->last->next = call;
    else
        lane->first = call;
    lane->last = call;
    lane->len++;
}

void queue_remove(struct queue *queue, struct call *call)
{
    struct queue_lane *lane = &queue->lanes[queue_size(call)];

    if (call->prev)
        call->prev->next = call->next;
    else
        lane->first = call->next;
    if (call->next)
        call->next->prev = call->prev;
    else
        lane->last = call->prev;
    call->next = NULL;
    call->prev = NULL;
    lane->len--;
}

void queue_taken(struct queue *queue, struct call *call, uint64_t now_us)
{
    queue_remove(queue, call);
    queue->latest = queue_size(call);
    queue->lanes[queue->latest].taken_us = now_us;
}

struct call *queue_pop(struct queue *queue)
{
    struct call *call = queue->lanes[CALL_SMALL].first;

    if (!call)
        call = queue->lanes[CALL_LARGE].first;
    if (call)
        queue_remove(queue, call);
    return call;
}

struct call *queue_next(const struct queue *queue, uint64_t now_us, enum call_size largest)
{
    struct call *small = queue->lanes[CALL_SMALL].first;
    struct call *large = largest == CALL_LARGE ? queue->lanes[CALL_LARGE].first : NULL;

    if (!large || !small)
        return small ? small : large;
    if (queue->latest == CALL_LARGE)
        return small;
    return now_us >= large->complete_us + QUEUE_PATIENCE_US ? large : small;
}

size_t queue_len(const struct queue *queue)
{
    return queue->lanes[CALL_SMALL].len + queue->lanes[CALL_LARGE].len;
}
