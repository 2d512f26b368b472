#include "broker/generation.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/clip.h"
#include "base/fd.h"
#include "base/log.h"
#include "base/snapshot.h"

static struct generation *of_pool(struct pool *pool)
{
    return (struct generation *)((char *)pool - offsetof(struct generation, pool));
}

void generation_set_why(struct generation *generation, struct str text)
{
    struct str words = clip_str(text, sizeof generation->why - 1);

    if (words.len)
        memcpy(generation->why, words.ptr, words.len);
    generation->why[words.len] = '\0';
}

static void keep_failure(const struct generation *generation, enum generation_fault fault)
{
    struct generation_failure *failure = &generation->all->failure;

    failure->number = generation->number;
    failure->hash[0] = '\0';
    if (fault == GENERATION_UNFIT)
        memcpy(failure->hash, generation->hash, sizeof failure->hash);
    memcpy(failure->why, generation->why, sizeof failure->why);
}

/* Make the candidate the current one: the one assignment that a reload comes down to. Its record
 * stands before the first call that it decides. */
static void take_over(struct generation *generation, enum generation_state state, const char *event,
                      const char *what)
{
    struct generations *all = generation->all;
    struct generation *old = all->current;

    generation->state = state;
    generation->since_s = time(NULL);
    all->candidate = NULL;
    all->current = generation;
    all->ops->event(all->context, event, what);
    if (old)
        pool_end(&old->pool);
    all->ops->changed(all->context);
}

static void serve(struct generation *generation)
{
    generation->why[0] = '\0'; /* of workers that had to be started again */
    generation->all->failure = (struct generation_failure){0};
    log_event(LOG_LEVEL_INFO, "generation.active", LOG_NUMBER("generation", generation->number),
              LOG_TEXT("hash", generation->hash));
    take_over(generation, GENERATION_SERVING, "reload", generation->hash);
}

static void serve_broken(struct generation *generation)
{
    keep_failure(generation, GENERATION_UNFIT);
    log_event(LOG_LEVEL_ERROR, "generation.broken", LOG_NUMBER("generation", generation->number),
              LOG_TEXT("why", generation->why),
              LOG_TEXT("so", "every call is denied but the engine's own pings"));
    take_over(generation, GENERATION_BROKEN, "reload-failed", generation->why);
}

void generation_reject(struct generation *generation, enum generation_fault fault)
{
    struct generations *all = generation->all;

    keep_failure(generation, fault);
    log_event(LOG_LEVEL_ERROR, "generation.failed", LOG_NUMBER("generation", generation->number),
              LOG_TEXT("why", generation->why), LOG_TEXT("so", "the old policies stay in force"));
    all->candidate = NULL;
    all->ops->event(all->context, "reload-failed", generation->why);
    pool_end(&generation->pool);
}

bool generation_may_break(const struct generations *all)
{
    return !all->current || all->current->state == GENERATION_BROKEN;
}

static void worker_idle(struct pool *pool, struct worker *worker)
{
    const struct generation *generation = of_pool(pool);
    const struct generations *all = generation->all;

    if (generation == all->current)
        all->ops->idle(all->context, worker);
    else
        pool_give(pool, worker);
}

static void load_failed(struct generation *generation, struct worker *worker,
                        const struct frame *frame)
{
    if (!generation->refusing) /* else it was told why by us */
        generation_set_why(generation, frame->payload);
    if (!generation_may_break(generation->all)) {
        generation_reject(generation, GENERATION_UNFIT);
        return;
    }
    pool_give(&generation->pool, worker);
    serve_broken(generation);
}

static void load_ready(struct generation *generation, struct worker *worker,
                       const struct frame *frame)
{
    struct generations *all = generation->all;

    if (frame->payload.len && generation->pool.idle_count == 0)
        log_event(LOG_LEVEL_WARN, "policy.warning", LOG_STR("what", frame->payload));
    pool_give(&generation->pool, worker);
    /* The very first serves as soon as it can: nobody else does. */
    if (!all->current || generation->pool.idle_count >= all->plan.min)
        serve(generation);
}

static void on_ready(struct pool *pool, struct worker *worker, const struct frame *frame)
{
    struct generation *generation = of_pool(pool);
    bool good = frame->type == FRAME_READY;
    bool loading = generation->state == GENERATION_LOADING && !(good && generation->refusing);

    if (loading) {
        if (good)
            load_ready(generation, worker, frame);
        else
            load_failed(generation, worker, frame);
    } else if (good ? generation->state == GENERATION_SERVING
                    : generation->state == GENERATION_BROKEN) {
        worker_idle(pool, worker);
    } else {
        /* The same snapshot cannot be both, nor good when it is none: it ran out of something, or
         * of its mind. */
        log_event(LOG_LEVEL_ERROR, "worker.odd", LOG_NUMBER("pid", worker->link.pid),
                  LOG_STR("said", frame->payload));
        pool_pause(pool);
        pool_kill(pool, worker, "crash", "it loaded the policies as no other worker did");
    }
}

static void on_verdict(struct pool *pool, struct worker *worker, struct call *call,
                       const struct verdict *verdict)
{
    const struct generations *all = of_pool(pool)->all;

    all->ops->verdict(all->context, worker, call, verdict);
}

static void on_lost(struct pool *pool, struct call *call, const char *reason, const char *text)
{
    struct generation *generation = of_pool(pool);
    const struct generations *all = generation->all;

    if (call) {
        all->ops->lost(all->context, call, reason, text);
    } else if (generation == all->candidate) {
        /* It had loaded the set, and ended before it was asked anything. */
        generation_set_why(generation, str_from(text));
        generation_reject(generation, GENERATION_HINDERED);
    }
    if (generation == all->current)
        all->ops->changed(all->context);
}

static void on_stuck(struct pool *pool, const char *why)
{
    struct generation *generation = of_pool(pool);
    struct generations *all = generation->all;

    generation_set_why(generation, str_from(why));
    if (generation == all->candidate && all->current) {
        generation_reject(generation, GENERATION_HINDERED);
        return;
    }
    if (generation == all->candidate && pool->live == 0)
        keep_failure(generation, GENERATION_HINDERED);
    all->ops->stuck(all->context);
}

int generation_refuse_all(struct generation *generation)
{
    struct err err;

    fd_close(&generation->snapshot_fd);
    if (snapshot_of_findings(str_from(generation->why), &generation->snapshot_fd, &err) < 0) {
        generation_set_why(generation, str_from(err.msg));
        return -1;
    }
    generation->refusing = true;
    generation->pool.snapshot_fd = generation->snapshot_fd;
    return 0;
}

static void on_unloadable(struct pool *pool, const char *why)
{
    struct generation *generation = of_pool(pool);
    struct generations *all = generation->all;

    if (generation->refusing) {
        pool_fill(pool); /* one more that was loading the set at the time */
        return;
    }
    generation_set_why(generation, str_from(why));
    if (generation == all->candidate && generation_may_break(all) &&
        generation_refuse_all(generation) == 0)
        pool_fill(pool);
    else
        pool_stuck(pool, why);
}

void generation_free(struct generation *generation)
{
    pool_done(&generation->pool);
    fd_close(&generation->snapshot_fd);
    free(generation);
}

static void on_drained(struct pool *pool)
{
    struct generation *generation = of_pool(pool);

    for (struct generation **at = &generation->all->first; *at; at = &(*at)->next) {
        if (*at == generation) {
            *at = generation->next;
            break;
        }
    }
    log_event(LOG_LEVEL_INFO, "generation.gone", LOG_NUMBER("generation", generation->number));
    generation_free(generation);
}

static const struct pool_ops pool_ops = {on_ready, on_verdict,    on_lost,
                                         on_stuck, on_unloadable, on_drained};

struct generation *generation_new(struct generations *all)
{
    struct generation *generation = calloc(1, sizeof *generation);

    if (!generation) {
        log_event(LOG_LEVEL_ERROR, "generation.failed", LOG_TEXT("why", "out of memory"));
        return NULL;
    }
    generation->all = all;
    generation->number = all->count + 1;
    generation->snapshot_fd = -1;
    pool_init(&generation->pool, &all->plan, &pool_ops, generation->number, -1);
    return generation;
}
