#include "broker/pool.h"

#include <stddef.h>
#include <string.h>

#include "base/log.h"

enum {
    START_BOUND_US = 10 * 1000 * 1000,
    PAUSE_FIRST_US = 10 * 1000, /* doubled from pause to pause */
    PAUSE_LAST_US = 1000 * 1000,
    SHRINK_US = 30 * 1000 * 1000,
    /* A worker gives memory back after its answer, so that nobody waits for that. */
    LOOK_US = 50 * 1000,
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

static void free_share(struct pool *pool, struct worker *worker)
{
    if (worker->size == CALL_LARGE)
        pool->large--;
    worker->size = CALL_SMALL;
}

/* It is live no longer. */
static void count_out(struct pool *pool, struct worker *worker)
{
    free_share(pool, worker);
    pool->live--;
    if (worker->worn)
        pool->worn--;
    if (pool->worn == 0)
        pool->relief = false;
}

static void let_go(struct pool *pool, struct worker *worker, const char *reason)
{
    metrics_exit(pool->plan->metrics, reason);
    count_out(pool, worker);
    worker_kill(worker);
}

static void mark_worn(struct pool *pool, struct worker *worker, const char *why)
{
    if (worker->worn)
        return;
    worker->worn = true;
    pool->worn++;
    log_event(LOG_LEVEL_INFO, "worker.worn", LOG_NUMBER("pid", worker->link.pid),
              LOG_TEXT("why", why));
}

static void on_look(struct loop_delay *delay, struct loop_timer *timer)
{
    struct worker *worker = (struct worker *)((char *)timer - offsetof(struct worker, timer));
    struct pool *pool = worker->owner;

    if (worker->state == WORKER_BUSY) {
        loop_timer_start(pool->plan->loop, delay, timer);
        return;
    }
    if (worker_resident_bytes(worker) > worker->resident_bytes + pool->plan->kept_bytes_max)
        mark_worn(pool, worker, "memory");
    pool_fill(pool);
}

/* Let go of workers that nobody needed since the last look. */
static void on_shrink(struct loop_delay *delay, struct loop_timer *timer)
{
    struct pool *pool = (struct pool *)((char *)timer - offsetof(struct pool, shrink));
    size_t spare = pool->idle_least;

    (void)delay;
    while (spare > 0 && pool->live - pool->starting > pool->plan->min) {
        struct worker *worker = pool->idle;

        while (worker->next_idle) /* that has been idle for longest */
            worker = worker->next_idle;
        unlink_idle(pool, worker);
        let_go(pool, worker, "idle");
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
    for (size_t i = 0; i < POOL_PAUSES; i++) {
        uint64_t us = (uint64_t)PAUSE_FIRST_US << i;

        loop_delay_init(loop, &plan->pauses[i], us < PAUSE_LAST_US ? us : PAUSE_LAST_US, on_pause);
    }
    loop_delay_init(loop, &plan->shrink, SHRINK_US, on_shrink);
    loop_delay_init(loop, &plan->look, LOOK_US, on_look);
}

/* Once for the daemon: it is the same for all. */
static void tell_missing(struct pool_plan *plan, const struct worker *worker)
{
    char missing[sizeof worker->link.page->missing];

    memcpy(missing, worker->link.page->missing, sizeof missing);
    missing[sizeof missing - 1] = '\0';
    if (plan->told_missing || !missing[0])
        return;
    plan->told_missing = true;
    log_event(LOG_LEVEL_WARN, "worker.protection",
              LOG_TEXT("what", "this system lacks some of what confines policy workers"),
              LOG_TEXT("missing", missing));
}

static void on_ready(struct worker *worker, const struct frame *frame)
{
    struct pool *pool = worker->owner;

    pool->starting--;
    pool->stuck = false;
    if (pool->plan->kept_bytes_max)
        worker->resident_bytes = worker_resident_bytes(worker);
    tell_missing(pool->plan, worker);
    if (pool->worn && pool->live - pool->starting > pool->plan->min)
        pool->relief = true;
    pool->ops->ready(pool, worker, frame);
}

static void on_verdict(struct worker *worker, struct call *call, const struct verdict *verdict)
{
    struct pool *pool = worker->owner;
    struct pool_plan *plan = pool->plan;

    pool->pace = 0;
    worker->decided++;
    if (plan->age_max && worker->decided >= plan->age_max)
        mark_worn(pool, worker, "age");
    if (plan->kept_bytes_max && worker->size == CALL_LARGE)
        loop_timer_start(plan->loop, &plan->look, &worker->timer);
    free_share(pool, worker);
    pool->ops->verdict(pool, worker, call, verdict);
}

void pool_pause(struct pool *pool)
{
    if (pool->ending || pool->pause.delay)
        return;
    loop_timer_start(pool->plan->loop, &pool->plan->pauses[pool->pace], &pool->pause);
    if (pool->pace + 1 < POOL_PAUSES)
        pool->pace++;
}

void pool_stuck(struct pool *pool, const char *why)
{
    pool->stuck = true;
    log_event(LOG_LEVEL_ERROR, "worker.start-failed", LOG_TEXT("why", why));
    pool_pause(pool);
    pool->ops->stuck(pool, why);
}

/* The policy stays in force: what it fails to decide is denied, and whoever runs it is told. */
static void count_loss(struct pool *pool, const char *reason, const char *text)
{
    uint64_t lost = losses_note(&pool->losses, loop_clock_us());

    if (lost)
        log_event(LOG_LEVEL_ERROR, "policy.loses-workers", LOG_NUMBER("generation", pool->number),
                  LOG_NUMBER("lost", lost), LOG_TEXT("reason", reason), LOG_TEXT("why", text),
                  LOG_TEXT("so", "the calls that did it are denied; the policies stay in force"));
}

static void on_lost(struct worker *worker, struct call *call, enum worker_state was,
                    const char *reason, const char *text)
{
    struct pool *pool = worker->owner;

    count_out(pool, worker);
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
    count_loss(pool, reason, text);
    if (!call && worker->decided == 0)
        pool_pause(pool); /* the next one may do as it did */
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
    if (pool->live > plan->min && !pool->shrink.delay)
        loop_timer_start(plan->loop, &plan->shrink, &pool->shrink);
    return 0;
}

static struct worker *worn_and_idle(const struct pool *pool)
{
    struct worker *worker = pool->idle;

    while (worker && !worker->worn)
        worker = worker->next_idle;
    return worker;
}

/* A worn worker goes when another one is there for it, and when it has nothing to do. */
static void renew(struct pool *pool)
{
    struct worker *worker;

    if (pool->live - pool->starting <= pool->plan->min)
        pool->relief = false; /* the one that came was lost, or is needed in another's place */
    worker = pool->relief ? worn_and_idle(pool) : NULL;
    if (worker) {
        pool->relief = false;
        unlink_idle(pool, worker);
        let_go(pool, worker, "worn");
    }
    if (pool->worn && !pool->relief && !pool->starting && !pool->pause.delay && !pool->ending)
        (void)start_one(pool);
}

void pool_fill(struct pool *pool)
{
    while (!pool->ending && !pool->pause.delay && pool->live < pool->plan->min) {
        if (start_one(pool) < 0)
            return; /* and the pool may be gone */
    }
    renew(pool);
}

void pool_grow(struct pool *pool)
{
    if (pool->ending || pool->pause.delay || pool->starting || pool->live >= pool->plan->max)
        return;
    (void)start_one(pool);
}

enum call_size pool_largest(const struct pool *pool)
{
    size_t half = (pool->live - pool->starting) / 2;

    return pool->large < (half ? half : 1) ? CALL_LARGE : CALL_SMALL;
}

struct worker *pool_take(struct pool *pool, enum call_size size)
{
    struct worker *worker = pool->idle;

    if (!worker || size > pool_largest(pool))
        return NULL;
    worker->size = size;
    if (size == CALL_LARGE)
        pool->large++;
    pool->idle = worker->next_idle;
    pool->idle_count--;
    if (pool->idle_count < pool->idle_least)
        pool->idle_least = pool->idle_count;
    return worker;
}

void pool_give(struct pool *pool, struct worker *worker)
{
    if (pool->ending) {
        let_go(pool, worker, "reload");
        return;
    }
    worker->next_idle = pool->idle;
    pool->idle = worker;
    pool->idle_count++;
    if (pool->worn)
        renew(pool);
}

void pool_kill(struct pool *pool, struct worker *worker, const char *reason, const char *text)
{
    if (worker->state == WORKER_IDLE)
        unlink_idle(pool, worker);
    count_loss(pool, reason, text);
    let_go(pool, worker, reason);
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
            let_go(pool, worker, "reload");
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
