#include "broker/metrics.h"

#include <stdio.h>
#include <string.h>

const struct str metrics_stage_names[METRICS_STAGES] = {STR_INIT("request"), STR_INIT("response")};
const struct str metrics_verdict_names[METRICS_VERDICTS] = {STR_INIT("allow"), STR_INIT("deny")};

/* Those of the audit trail, the frequent ones first. */
const struct str metrics_reason_names[METRICS_REASONS] = {
    STR_INIT("policy"),       STR_INIT("default"),   STR_INIT("response"),   STR_INIT("request"),
    STR_INIT("engine-retry"), STR_INIT("no-policy"), STR_INIT("overload"),   STR_INIT("deadline"),
    STR_INIT("limit"),        STR_INIT("crash"),     STR_INIT("unreadable"), STR_INIT("audit"),
    STR_INIT("policy-error"), STR_INIT("other"),
};

const struct str metrics_exit_names[METRICS_EXITS] = {
    STR_INIT("limit"),    /* of instructions or memory */
    STR_INIT("deadline"), /* killed for being slow */
    STR_INIT("idle"),     /* not needed any more */
    STR_INIT("reload"),   /* of an earlier generation */
    STR_INIT("worn"),     /* replaced at its age, or for the memory that it kept */
    STR_INIT("crash"),    /* all else */
};

const uint64_t metrics_bounds_us[METRICS_BOUNDS] = {
    25,    50,    100,    250,    500,    1000,    2500,    5000,
    10000, 25000, 100000, 250000, 500000, 1000000, 2500000, 10000000,
};

static size_t word_find(const struct str *words, size_t count, struct str word)
{
    size_t i = 0;

    while (i + 1 < count && !str_eq(words[i], word))
        i++;
    return i;
}

static void observe(struct metrics_histogram *histogram, uint64_t us)
{
    size_t i = 0;

    while (i < METRICS_BOUNDS && us > metrics_bounds_us[i])
        i++;
    histogram->buckets[i]++;
    histogram->sum_us += us;
}

void metrics_decision(struct metrics *metrics, const struct metrics_decision *decision)
{
    size_t reason = word_find(metrics_reason_names, METRICS_REASONS, decision->reason);

    metrics->decisions[decision->stage][decision->allow ? METRICS_ALLOW : METRICS_DENY][reason]++;
    if (decision->stage != METRICS_REQUEST)
        return;
    observe(&metrics->queue, decision->queue_us);
    if (decision->decided)
        observe(&metrics->decide, decision->decide_us);
}

void metrics_exit(struct metrics *metrics, const char *reason)
{
    metrics->exits[word_find(metrics_exit_names, METRICS_EXITS, str_from(reason))]++;
}

static void reloaded(struct metrics_reload *reload, bool failed, const char *why)
{
    if (failed)
        reload->failed++;
    else
        reload->loaded++;
    reload->last_s = time(NULL);
    reload->last_failed = failed;
    (void)snprintf(reload->last_why, sizeof reload->last_why, "%s", failed ? why : "");
}

void metrics_event(struct metrics *metrics, const char *event, const char *subject)
{
    if (strcmp(event, "undelivered") == 0)
        metrics->undelivered++;
    else if (strcmp(event, "withheld") == 0)
        metrics->withheld++;
    else if (strcmp(event, "reload") == 0)
        reloaded(&metrics->reload, false, "");
    else if (strcmp(event, "reload-failed") == 0)
        reloaded(&metrics->reload, true, subject);
}

uint64_t metrics_count(const struct metrics *metrics, enum metrics_verdict verdict)
{
    uint64_t sum = 0;

    for (size_t stage = 0; stage < METRICS_STAGES; stage++)
        for (size_t reason = 0; reason < METRICS_REASONS; reason++)
            sum += metrics->decisions[stage][verdict][reason];
    return sum;
}

uint64_t metrics_denied(const struct metrics *metrics, struct str reason)
{
    size_t at = word_find(metrics_reason_names, METRICS_REASONS, reason);
    uint64_t sum = 0;

    for (size_t stage = 0; stage < METRICS_STAGES; stage++)
        sum += metrics->decisions[stage][METRICS_DENY][at];
    return sum;
}
