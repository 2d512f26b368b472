#include "broker/pool.h"

#include <stddef.h>
#include <string.h>

#include "base/log.h"

enum {
    START_BOUND_US = 10 * 1000 * 1000,
    PAUSE_US = 1000 * 1000,
    SHRINK_US = 30 * 1000 * 1000,
};

static void on_start_bound(struct loop_delay *delay, struct loop_timer *timer)
{
    struct worker *worker = (struct worker *)((char *)timer - offsetof(struct worker, timer));

    (void)delay;
    worker_kill(worker);
    worker->ops->lost(worker, NULL, WORKER_STARTING, "crash",
                      "the policy worker did not load its policies in time");
}

static void on_pause(struct loop_delay *delay, struct loop_timer *timer)
{
    (void)delay;
    pool_fill((struct pool *)((char *)timer - offsetof(struct pool, pause)));
}

/* Let go of workers that nobody needed since the last look. */
static void on_shrink(struct loop_delay *delay, struct loop_timer *timer)
{
    struct pool *pool = (struct pool *)((char *)timer - offsetof(struct pool, shrink));
    size_t spare = pool->idle_least;

    (void)delay;
    while (spare > 0 && pool->live > pool->plan->min) {
        worker_kill(pool_take(pool));
        metrics_exit(pool->plan->metrics, "idle");
        pool->live--;
        spare--;
    }
    pool->idle_least = pool->idle_count;
    if (pool->live > pool->plan->min)
        loop_timer_start(pool->plan->loop, &pool->plan->shrink, &pool->shrink);
}

void pool_plan_init(struct pool_plan *plan, struct loop *loop)
{
    plan->loop = loop;
    loop_delay_init(loop, &plan->start_bound, START_BOUND_US, on_start_bound);
    loop_delay_init(loop, &plan->pause, PAUSE_US, on_pause);
    loop_delay_init(loop, &plan->shrink, SHRINK_US, on_shrink);
}

static void unlink_idle(struct pool *pool, const struct worker *worker)
{
    for (struct worker **at = &pool->idle; *at; at = &(*at)->next_idle) {
        if (*at == worker) {
            *at = worker->next_idle;
            pool->idle_count--;
            break;
        }
    }
    if (pool->idle_count < pool->idle_least)
        pool->idle_least = pool->idle_count;
}

static void on_ready(struct worker *worker, const struct frame *frame)
{
    struct pool *pool = worker->owner;

    pool->starting--;
    pool->stuck = false;
    pool->ops->ready(pool, worker, frame);
}

static void on_verdict(struct worker *worker, struct call *call, const struct verdict *verdict)
{
    struct pool *pool = worker->owner;

    pool->ops->verdict(pool, worker, call, verdict);
}

void pool_pause(struct pool *pool)
{
    if (!pool->ending)
        loop_timer_start(pool->plan->loop, &pool->plan->pause, &pool->pause);
}

void pool_stuck(struct pool *pool, const char *why)
{
    pool->stuck = true;
    log_event(LOG_LEVEL_ERROR, "worker.start-failed", LOG_TEXT("why", why));
    pool_pause(pool);
    pool->ops->stuck(pool, why);
}

static void on_lost(struct worker *worker, struct call *call, enum worker_state was,
                    const char *reason, const char *text)
{
    struct pool *pool = worker->owner;

    pool->live--;
    metrics_exit(pool->plan->metrics, reason);
    log_event(LOG_LEVEL_WARN, "worker.lost", LOG_NUMBER("pid", worker->link.pid),
              LOG_TEXT("reason", reason), LOG_TEXT("why", text));
    if (was == WORKER_STARTING) {
        pool->starting--;
        if (strcmp(reason, "limit") == 0)
            pool->ops->unloadable(pool, text);
        else
            pool_stuck(pool, text);
        return;
    }
    if (was == WORKER_IDLE)
        unlink_idle(pool, worker);
    pool->ops->lost(pool, call, reason, text);
    pool_fill(pool);
}

static void check_drained(struct pool *pool)
{
    if (pool->ending && !pool->first)
        pool->ops->drained(pool);
}

static void on_gone(struct worker *worker)
{
    struct pool *pool = worker->owner;

    if (worker->prev)
        worker->prev->next = worker->next;
    else
        pool->first = worker->next;
    if (worker->next)
        worker->next->prev = worker->prev;
    worker_free(worker);
    check_drained(pool);
}

static const struct worker_ops worker_ops = {on_ready, on_verdict, on_lost, on_gone};

void pool_init(struct pool *pool, struct pool_plan *plan, const struct pool_ops *ops,
               uint64_t number, int snapshot_fd)
{
    *pool = (struct pool){.plan = plan, .ops = ops, .number = number, .snapshot_fd = snapshot_fd};
}

static int start_one(struct pool *pool)
{
    struct pool_plan *plan = pool->plan;
    struct worker *worker;
    struct err err;

    if (worker_start(plan->loop, plan->program, pool->snapshot_fd, &plan->limits, &worker, &err) <
        0) {
        pool_stuck(pool, err.msg);
        return -1;
    }
    worker->owner = pool;
    worker->ops = &worker_ops;
    worker->next = pool->first;
    if (pool->first)
        pool->first->prev = worker;
    pool->first = worker;
    pool->live++;
    pool->starting++;
    loop_timer_start(plan->loop, &plan->start_bound, &worker->timer);
    return 0;
}

void pool_fill(struct pool *pool)
{
    while (!pool->ending && !pool->pause.delay && pool->live < pool->plan->min) {
        if (start_one(pool) < 0)
            break;
    }
}

void pool_grow(struct pool *pool)
{
    if (pool->ending || pool->pause.delay || pool->starting || pool->live >= pool->plan->max)
        return;
    if (start_one(pool) == 0 && pool->live > pool->plan->min && !pool->shrink.delay)
        loop_timer_start(pool->plan->loop, &pool->plan->shrink, &pool->shrink);
}

struct worker *pool_take(struct pool *pool)
{
    struct worker *worker = pool->idle;

    if (!worker)
        return NULL;
    pool->idle = worker->next_idle;
    pool->idle_count--;
    if (pool->idle_count < pool->idle_least)
        pool->idle_least = pool->idle_count;
    return worker;
}

void pool_give(struct pool *pool, struct worker *worker)
{
    if (pool->ending) {
        worker_kill(worker);
        metrics_exit(pool->plan->metrics, "reload");
        pool->live--;
        return;
    }
    worker->next_idle = pool->idle;
    pool->idle = worker;
    pool->idle_count++;
}

void pool_kill(struct pool *pool, struct worker *worker)
{
    if (worker->state == WORKER_IDLE)
        unlink_idle(pool, worker);
    worker_kill(worker);
    pool->live--;
    pool_fill(pool);
}

void pool_end(struct pool *pool)
{
    struct worker *next;

    pool->ending = true;
    loop_timer_stop(&pool->pause);
    loop_timer_stop(&pool->shrink);
    pool->idle = NULL;
    pool->idle_count = 0;
    for (struct worker *worker = pool->first; worker; worker = next) {
        next = worker->next;
        if (worker->state == WORKER_IDLE || worker->state == WORKER_STARTING) {
            pool->live--;
            worker_kill(worker);
            metrics_exit(pool->plan->metrics, "reload");
        }
    }
    check_drained(pool);
}

void pool_done(struct pool *pool)
{
    loop_timer_stop(&pool->pause);
    loop_timer_stop(&pool->shrink);
    while (pool->first) {
        struct worker *worker = pool->first;

        pool->first = worker->next;
        worker_free(worker);
    }
}
