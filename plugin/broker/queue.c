#include "broker/queue.h"

void queue_push(struct queue *queue, struct call *call)
{
    call->next = NULL;
    call->prev = queue->last;
    if (queue->last)
        queue->last->next = call;
    else
        queue->first = call;
    queue->last = call;
    queue->len++;
}

struct call *queue_pop(struct queue *queue)
{
    struct call *call = queue->first;

    if (call)
        queue_remove(queue, call);
    return call;
}

void queue_remove(struct queue *queue, struct call *call)
{
    if (call->prev)
        call->prev->next = call->next;
    else
        queue->first = call->next;
    if (call->next)
        call->next->prev = call->prev;
    else
        queue->last = call->prev;
    call->next = NULL;
    call->prev = NULL;
    queue->len--;
}
