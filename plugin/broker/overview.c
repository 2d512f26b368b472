#include "broker/overview.h"

struct overview_workers overview_workers(const struct overview *overview)
{
    const struct generation *generation = overview->dispatch->generations.first;
    struct overview_workers sum = {0};

    for (; generation; generation = generation->next) {
        for (const struct worker *worker = generation->pool.first; worker; worker = worker->next) {
            sum.idle += worker->state == WORKER_IDLE;
            sum.busy += worker->state == WORKER_BUSY;
            sum.starting += worker->state == WORKER_STARTING;
        }
    }
    return sum;
}

const struct generation *overview_current(const struct overview *overview)
{
    return overview->dispatch->generations.current;
}

const char *overview_state(const struct overview *overview)
{
    const struct generation *current = overview_current(overview);

    if (!current)
        return "loading";
    return current->state == GENERATION_SERVING ? "serving" : "broken";
}

uint64_t overview_uptime_s(const struct overview *overview)
{
    return (loop_clock_us() - overview->started_us) / 1000000;
}

const char *overview_amiss(const struct overview *overview)
{
    const struct generation *current = overview_current(overview);
    struct err err;

    if (overview->stopping)
        return "the plugin is being stopped";
    if (!current || current->state != GENERATION_SERVING)
        return "no set of policies is in force";
    if (generations_hopeless(&overview->dispatch->generations))
        return "no worker can be started";
    if (audit_ready(overview->audit, &err) < 0)
        return "the audit trail cannot be written";
    return NULL;
}
