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

static void set_why(struct generation *generation, struct str text)
{
    struct str words = clip_str(text, sizeof generation->why - 1);

    if (words.len)
        memcpy(generation->why, words.ptr, words.len);
    generation->why[words.len] = '\0';
}

static void activate(struct generation *generation, enum generation_state state)
{
    struct generations *all = generation->all;
    struct generation *old = all->current;

    generation->state = state;
    generation->since_s = time(NULL);
    if (state == GENERATION_SERVING)
        generation->why[0] = '\0'; /* of workers that had to be started again */
    all->candidate = NULL;
    all->current = generation;
    if (state == GENERATION_SERVING)
        log_event(LOG_LEVEL_INFO, "generation.active",
                  LOG_NUMBER("generation", generation->number));
    else
        log_event(LOG_LEVEL_ERROR, "generation.broken",
                  LOG_NUMBER("generation", generation->number), LOG_TEXT("why", generation->why),
                  LOG_TEXT("so", "every call is denied but the engine's own pings"));
    all->ops->event(all->context, state == GENERATION_SERVING ? "reload" : "reload-failed",
                    generation->why);
    if (old)
        pool_end(&old->pool);
}

static void reject(struct generation *generation)
{
    struct generations *all = generation->all;

    log_event(LOG_LEVEL_ERROR, "generation.failed", LOG_NUMBER("generation", generation->number),
              LOG_TEXT("why", generation->why), LOG_TEXT("so", "the old policies stay in force"));
    all->candidate = NULL;
    all->ops->event(all->context, "reload-failed", generation->why);
    pool_end(&generation->pool);
}

/* A generation that is not good replaces none that is. */
static bool may_break(const struct generations *all)
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
    set_why(generation, frame->payload);
    if (!may_break(generation->all)) {
        reject(generation);
        return;
    }
    pool_give(&generation->pool, worker);
    activate(generation, GENERATION_BROKEN);
    generation->all->ops->changed(generation->all->context);
}

static void load_ready(struct generation *generation, struct worker *worker,
                       const struct frame *frame)
{
    struct generations *all = generation->all;

    if (frame->payload.len && generation->ready == 0)
        log_event(LOG_LEVEL_WARN, "policy.warning", LOG_STR("what", frame->payload));
    generation->ready++;
    pool_give(&generation->pool, worker);
    /* The very first serves as soon as it can: nobody else does. */
    if (all->current && generation->ready < all->plan.min)
        return;
    activate(generation, GENERATION_SERVING);
    all->ops->changed(all->context);
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
        metrics_exit(pool->plan->metrics, "crash");
        pool_kill(pool, worker);
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
    const struct generations *all = of_pool(pool)->all;

    if (call)
        all->ops->lost(all->context, call, reason, text);
}

static void on_stuck(struct pool *pool, const char *why)
{
    struct generation *generation = of_pool(pool);
    struct generations *all = generation->all;

    set_why(generation, str_from(why));
    if (generation == all->candidate && all->current)
        reject(generation);
    else if (generations_hopeless(all))
        all->ops->stuck(all->context);
}

/* In place of a set that cannot be loaded: its workers refuse, with the words of why. */
static int refuse_all(struct generation *generation)
{
    struct err err;

    fd_close(&generation->snapshot_fd);
    if (snapshot_of_findings(str_from(generation->why), &generation->snapshot_fd, &err) < 0) {
        set_why(generation, str_from(err.msg));
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
    set_why(generation, str_from(why));
    if (generation == all->candidate && may_break(all) && refuse_all(generation) == 0)
        pool_fill(pool);
    else
        pool_stuck(pool, why);
}

static void generation_free(struct generation *generation)
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

/* The policies as they stand on disk. */
static int take_snapshot(struct generation *generation)
{
    const struct generations *all = generation->all;
    struct err err;

    if (snapshot_take(all->policy, all->library, &generation->snapshot_fd, &err) == 0 &&
        digest_snapshot(generation->snapshot_fd, generation->hash, &err) == 0)
        return 0;
    set_why(generation, str_from(err.msg));
    return may_break(all) ? refuse_all(generation) : -1;
}

void generations_reload(struct generations *all)
{
    struct generation *generation = calloc(1, sizeof *generation);

    if (!generation) {
        log_event(LOG_LEVEL_ERROR, "generation.failed", LOG_TEXT("why", "out of memory"));
        return;
    }
    generation->all = all;
    generation->number = ++all->count;
    generation->snapshot_fd = -1;
    pool_init(&generation->pool, &all->plan, &pool_ops, generation->number, -1);
    generation->next = all->first;
    all->first = generation;
    if (all->candidate) {
        struct generation *given_up = all->candidate;

        all->candidate = NULL;
        pool_end(&given_up->pool);
    }
    if (take_snapshot(generation) < 0) {
        reject(generation);
        return;
    }
    generation->pool.snapshot_fd = generation->snapshot_fd;
    all->candidate = generation;
    pool_fill(&generation->pool);
}

const char *generations_hopeless(const struct generations *all)
{
    const struct generation *generation = all->current ? all->current : all->candidate;

    if (!generation)
        return "no policies could be loaded";
    if (generation->pool.stuck && generation->pool.live == 0)
        return generation->why;
    return NULL;
}

void generations_done(struct generations *all)
{
    while (all->first) {
        struct generation *generation = all->first;

        all->first = generation->next;
        generation_free(generation);
    }
    all->current = NULL;
    all->candidate = NULL;
}
