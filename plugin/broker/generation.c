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

enum fault { FAULT_OF_SET, FAULT_ELSEWHERE };

static void keep_failure(const struct generation *generation, enum fault fault)
{
    struct generation_failure *failure = &generation->all->failure;

    failure->number = generation->number;
    failure->hash[0] = '\0';
    if (fault == FAULT_OF_SET)
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
    keep_failure(generation, FAULT_OF_SET);
    log_event(LOG_LEVEL_ERROR, "generation.broken", LOG_NUMBER("generation", generation->number),
              LOG_TEXT("why", generation->why),
              LOG_TEXT("so", "every call is denied but the engine's own pings"));
    take_over(generation, GENERATION_BROKEN, "reload-failed", generation->why);
}

static void reject(struct generation *generation, enum fault fault)
{
    struct generations *all = generation->all;

    keep_failure(generation, fault);
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
    if (!generation->refusing) /* else it was told why by us */
        set_why(generation, frame->payload);
    if (!may_break(generation->all)) {
        reject(generation, FAULT_OF_SET);
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
        set_why(generation, str_from(text));
        reject(generation, FAULT_ELSEWHERE);
    }
    if (generation == all->current)
        all->ops->changed(all->context);
}

static void on_stuck(struct pool *pool, const char *why)
{
    struct generation *generation = of_pool(pool);
    struct generations *all = generation->all;

    set_why(generation, str_from(why));
    if (generation == all->candidate && all->current)
        reject(generation, FAULT_ELSEWHERE);
    else if (generations_hopeless(all)) {
        if (generation == all->candidate)
            keep_failure(generation, FAULT_ELSEWHERE);
        all->ops->stuck(all->context);
    }
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

/* For CLEANUP(). */
static void drop(struct generation **generation)
{
    if (*generation)
        generation_free(*generation);
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
static void take_snapshot(struct generation *generation)
{
    const struct generations *all = generation->all;
    struct err err;

    if (snapshot_take(all->policy, all->library, &generation->snapshot_fd, &err) == 0 &&
        digest_snapshot(generation->snapshot_fd, generation->hash, &err) == 0)
        return;
    set_why(generation, str_from(err.msg));
    fd_close(&generation->snapshot_fd);
    if (may_break(all))
        (void)refuse_all(generation); /* else there is no snapshot */
}

static struct generation *generation_new(struct generations *all)
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

static void give_up_candidate(struct generations *all)
{
    struct generation *given_up = all->candidate;

    if (!given_up)
        return;
    log_event(LOG_LEVEL_INFO, "generation.outdated", LOG_NUMBER("generation", given_up->number));
    all->candidate = NULL;
    pool_end(&given_up->pool);
}

/* Whether what was read is what has this hash, or is unreadable for this reason. */
static bool is_same(const struct generation *found, const char *hash, const char *why)
{
    return strcmp(found->hash, hash) == 0 && (hash[0] || strcmp(found->why, why) == 0);
}

static bool is_in_force(const struct generations *all, const struct generation *found)
{
    const struct generation *current = all->current;

    return current && current->state == GENERATION_SERVING && found->hash[0] &&
           strcmp(found->hash, current->hash) == 0;
}

static bool is_loading(const struct generations *all, const struct generation *found)
{
    const struct generation *candidate = all->candidate;

    return candidate && is_same(found, candidate->hash, candidate->why);
}

static bool has_failed(const struct generations *all, const struct generation *found)
{
    const struct generation_failure *failure = &all->failure;

    return !all->candidate && failure->number && is_same(found, failure->hash, failure->why);
}

static void start_loading(struct generation *generation)
{
    struct generations *all = generation->all;

    all->count++;
    generation->next = all->first;
    all->first = generation;
    give_up_candidate(all);
    if (generation->snapshot_fd < 0) {
        reject(generation, FAULT_OF_SET);
        return;
    }
    generation->pool.snapshot_fd = generation->snapshot_fd;
    all->candidate = generation;
    pool_fill(&generation->pool);
}

static void stay(struct generations *all)
{
    give_up_candidate(all);
    all->failure = (struct generation_failure){0};
    log_event(LOG_LEVEL_INFO, "generation.unchanged",
              LOG_NUMBER("generation", all->current->number));
    all->ops->event(all->context, "reload", all->current->hash);
}

enum cause { CAUSE_ASKED, CAUSE_NOTICED };

static void read_anew(struct generations *all, enum cause cause)
{
    CLEANUP(drop) struct generation *found = generation_new(all);

    if (!found)
        return;
    take_snapshot(found);
    if (is_in_force(all, found)) {
        if (cause == CAUSE_ASKED || all->candidate || all->failure.number)
            stay(all);
    } else if (!is_loading(all, found) && (cause == CAUSE_ASKED || !has_failed(all, found)))
        start_loading(TAKE_PTR(found));
}

void generations_reload(struct generations *all)
{
    read_anew(all, CAUSE_ASKED);
}

void generations_refresh(struct generations *all)
{
    read_anew(all, CAUSE_NOTICED);
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
