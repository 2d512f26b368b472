#include "broker/dispatch.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum {
    /* A queue that moves is better left alone: more workers than processors only get into each
     * other's way. One that does not move for so long has its workers held up. */
    GROW_AFTER_US = 5000,
    /* The same of large calls, of which one takes some 10 ms. */
    GROW_LARGE_AFTER_US = 50 * 1000,
    WORDS_MAX_BYTES = 1024,
};

static struct call *of_timer(struct loop_timer *timer)
{
    return (struct call *)((char *)timer - offsetof(struct call, timer));
}

/* What is known of a call whose worker was lost; nothing where none had it. */
static void recall(const struct call *call, struct verdict *ret)
{
    struct err ignored;

    if (verdict_decode(buffer_view(&call->told), ret, &ignored) < 0)
        verdict_clear(ret);
    ret->allow = false;
    ret->count = 0;
    ret->capture = STR("");
}

static void refuse(struct dispatch *dispatch, struct call *call, const char *reason,
                   const char *words)
{
    char msg[WORDS_MAX_BYTES];
    struct verdict verdict;

    recall(call, &verdict);
    (void)snprintf(msg, sizeof msg, "[%s] %s", reason, words);
    verdict.reason = str_from(reason);
    verdict.msg = str_from(msg);
    loop_timer_stop(&call->timer);
    dispatch->plan.settle(dispatch->plan.context, call, &verdict);
}

static void refuse_hopeless(struct dispatch *dispatch, struct call *call, const char *why)
{
    char words[WORDS_MAX_BYTES];

    (void)snprintf(words, sizeof words, "no policy can be asked: %s", why);
    refuse(dispatch, call, "no-policy", words);
}

/* Returns whether an idle worker took it. */
static bool hand_over(struct dispatch *dispatch, struct call *call)
{
    struct generation *current = dispatch->generations.current;
    struct worker *worker;

    while (current && (worker = pool_take(&current->pool, queue_size(call)))) {
        if (worker_ask(worker, call) < 0)
            continue; /* gone, and about to be noticed */
        call->generation = current->number;
        memcpy(call->policy, current->hash, sizeof call->policy);
        call->deciding_us = loop_clock_us();
        loop_timer_start(dispatch->loop, &dispatch->deadline, &call->timer);
        return true;
    }
    return false;
}

static void serve_queue(struct dispatch *dispatch)
{
    const struct generation *current = dispatch->generations.current;
    uint64_t now_us = dispatch->loop->now_us;
    struct call *call;

    while (current && (call = queue_next(&dispatch->queue, now_us, pool_largest(&current->pool))) &&
           hand_over(dispatch, call))
        queue_taken(&dispatch->queue, call, now_us);
}

/* Large ones leave half of the room to others. */
static bool is_full(const struct dispatch *dispatch, const struct call *call)
{
    const struct queue *queue = &dispatch->queue;

    return queue_len(queue) >= dispatch->plan.queue_max ||
           (queue_size(call) == CALL_LARGE &&
            queue->lanes[CALL_LARGE].len >= (dispatch->plan.queue_max + 1) / 2);
}

static void wait_in_queue(struct dispatch *dispatch, struct call *call)
{
    struct loop_delay *delay =
        dispatch->generations.current ? &dispatch->wait : &dispatch->load_wait;

    queue_push(&dispatch->queue, call);
    loop_timer_start(dispatch->loop, delay, &call->timer);
    if (!dispatch->grow_timer.delay)
        loop_timer_start(dispatch->loop, &dispatch->grow, &dispatch->grow_timer);
}

void dispatch_submit(struct dispatch *dispatch, struct call *call)
{
    const char *why;
    char words[WORDS_MAX_BYTES];

    if (!dispatch->queue.lanes[queue_size(call)].first && hand_over(dispatch, call))
        return;
    why = generations_hopeless(&dispatch->generations);
    if (why) {
        refuse_hopeless(dispatch, call, why);
    } else if (is_full(dispatch, call)) {
        (void)snprintf(words, sizeof words,
                       "%zu calls are waiting for a decision already; run the command again",
                       queue_len(&dispatch->queue));
        refuse(dispatch, call, "overload", words);
    } else
        wait_in_queue(dispatch, call);
}

static void on_idle(void *context, struct worker *worker)
{
    struct dispatch *dispatch = context;

    pool_give(worker->owner, worker);
    serve_queue(dispatch);
}

static void on_verdict(void *context, struct worker *worker, struct call *call,
                       const struct verdict *verdict)
{
    struct dispatch *dispatch = context;

    loop_timer_stop(&call->timer);
    /* First the next one: the worker need not wait for our words. */
    on_idle(context, worker);
    dispatch->plan.settle(dispatch->plan.context, call, verdict);
}

static void on_lost(void *context, struct call *call, const char *reason, const char *text)
{
    refuse(context, call, reason, text);
}

static void on_changed(void *context)
{
    serve_queue(context);
}

static void on_stuck(void *context)
{
    struct dispatch *dispatch = context;
    const char *why = generations_hopeless(&dispatch->generations);
    struct call *call;

    while (why && (call = queue_pop(&dispatch->queue)))
        refuse_hopeless(dispatch, call, why);
}

static void on_event(void *context, const char *event, const char *what)
{
    const struct dispatch *dispatch = context;

    dispatch->plan.event(dispatch->plan.context, event, what);
}

static const struct generation_ops generation_ops = {on_idle,    on_verdict, on_lost,
                                                     on_changed, on_stuck,   on_event};

static void format_ms(uint64_t us, char *ret, size_t size)
{
    uint64_t ms = us / 1000;

    if (ms >= 1000)
        (void)snprintf(ret, size, "%" PRIu64 ",%03" PRIu64 " ms", ms / 1000, ms % 1000);
    else
        (void)snprintf(ret, size, "%" PRIu64 " ms", ms);
}

static void on_deadline(struct loop_delay *delay, struct loop_timer *timer)
{
    struct dispatch *dispatch =
        (struct dispatch *)((char *)delay - offsetof(struct dispatch, deadline));
    struct call *call = of_timer(timer);
    struct worker *worker = call->worker;
    char where[256];
    char limit[32];
    char words[WORDS_MAX_BYTES];

    worker_where(worker, where, sizeof where);
    format_ms(dispatch->plan.decision_us, limit, sizeof limit);
    (void)snprintf(words, sizeof words, "the policy took longer than %s%s%s", limit,
                   where[0] ? " in " : "", where);
    pool_kill(worker->owner, worker, "deadline", words);
    refuse(dispatch, call, "deadline", words);
    serve_queue(dispatch); /* its share may be another's */
}

static void on_waited(struct loop_delay *delay, struct loop_timer *timer)
{
    struct dispatch *dispatch =
        (struct dispatch *)((char *)delay - offsetof(struct dispatch, wait));
    struct call *call = of_timer(timer);
    char limit[32];
    char words[WORDS_MAX_BYTES];

    queue_remove(&dispatch->queue, call);
    format_ms(dispatch->plan.wait_us, limit, sizeof limit);
    (void)snprintf(
        words, sizeof words,
        "no worker was free for %s and %zu more calls are waiting; run the command again", limit,
        queue_len(&dispatch->queue));
    refuse(dispatch, call, "overload", words);
}

static void on_load_waited(struct loop_delay *delay, struct loop_timer *timer)
{
    struct dispatch *dispatch =
        (struct dispatch *)((char *)delay - offsetof(struct dispatch, load_wait));
    struct call *call = of_timer(timer);

    queue_remove(&dispatch->queue, call);
    refuse(dispatch, call, "no-policy",
           "the policies are still being loaded; run the command again in a moment");
}

/* Whether calls wait in vain. Of small ones the first must not wait long. Large ones keep the
 * processors busy by themselves: only where none is taken at all, workers are held up. */
static bool stands_still(const struct queue *queue)
{
    const struct queue_lane *small = &queue->lanes[CALL_SMALL];
    const struct queue_lane *large = &queue->lanes[CALL_LARGE];
    uint64_t now_us = loop_clock_us();

    if (small->first && now_us >= small->first->complete_us + GROW_AFTER_US)
        return true;
    return large->first && now_us >= large->first->complete_us + GROW_LARGE_AFTER_US &&
           now_us >= large->taken_us + GROW_LARGE_AFTER_US;
}

static void on_grow(struct loop_delay *delay, struct loop_timer *timer)
{
    struct dispatch *dispatch =
        (struct dispatch *)((char *)delay - offsetof(struct dispatch, grow));

    if (queue_len(&dispatch->queue) == 0)
        return;
    if (dispatch->generations.current && stands_still(&dispatch->queue))
        pool_grow(&dispatch->generations.current->pool);
    loop_timer_start(dispatch->loop, delay, timer);
}

void dispatch_init(struct dispatch *dispatch, struct loop *loop, const struct dispatch_plan *plan)
{
    *dispatch = (struct dispatch){.loop = loop, .plan = *plan};
    dispatch->generations.ops = &generation_ops;
    dispatch->generations.context = dispatch;
    pool_plan_init(&dispatch->generations.plan, loop);
    loop_delay_init(loop, &dispatch->deadline, plan->decision_us, on_deadline);
    loop_delay_init(loop, &dispatch->wait, plan->wait_us, on_waited);
    loop_delay_init(loop, &dispatch->load_wait, plan->decision_us, on_load_waited);
    loop_delay_init(loop, &dispatch->grow, GROW_AFTER_US, on_grow);
}

void dispatch_reload(struct dispatch *dispatch)
{
    generations_reload(&dispatch->generations);
}

void dispatch_refresh(struct dispatch *dispatch)
{
    generations_refresh(&dispatch->generations);
}

void dispatch_refuse_all(struct dispatch *dispatch, const char *words)
{
    struct loop_timer *timer;
    struct call *call;

    while ((call = queue_pop(&dispatch->queue)))
        refuse(dispatch, call, "overload", words);
    while ((timer = dispatch->deadline.first)) {
        call = of_timer(timer);
        worker_kill(call->worker);
        refuse(dispatch, call, "overload", words);
    }
}

void dispatch_done(struct dispatch *dispatch)
{
    loop_timer_stop(&dispatch->grow_timer);
    generations_done(&dispatch->generations);
}
