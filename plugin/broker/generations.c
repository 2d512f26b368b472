#include "broker/generations.h"

#include <string.h>

#include "base/fd.h"
#include "base/log.h"
#include "base/snapshot.h"

/* For CLEANUP(). */
static void drop(struct generation **generation)
{
    if (*generation)
        generation_free(*generation);
}

/* The policies as they stand on disk. */
static void take_snapshot(struct generation *generation)
{
    const struct generations *all = generation->all;
    struct err err;

    if (snapshot_take(all->policy, all->library, &generation->snapshot_fd, &err) == 0 &&
        digest_snapshot(generation->snapshot_fd, generation->hash, &err) == 0)
        return;
    generation_set_why(generation, str_from(err.msg));
    fd_close(&generation->snapshot_fd);
    if (generation_may_break(all))
        (void)generation_refuse_all(generation); /* else there is no snapshot */
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
        generation_reject(generation, GENERATION_UNFIT);
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
