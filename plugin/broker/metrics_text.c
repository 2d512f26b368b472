#include "broker/metrics_text.h"

#include <inttypes.h>

#define PREFIX "lua_authz_"

static void head(struct buffer *out, const char *name, const char *type, const char *help)
{
    (void)buffer_printf(out, "# HELP " PREFIX "%s %s\n# TYPE " PREFIX "%s %s\n", name, help, name,
                        type);
}

static void single(struct buffer *out, const char *name, const char *type, const char *help,
                   uint64_t value)
{
    head(out, name, type, help);
    (void)buffer_printf(out, PREFIX "%s %" PRIu64 "\n", name, value);
}

static void gauge(struct buffer *out, const char *name, const char *help, uint64_t value)
{
    single(out, name, "gauge", help, value);
}

static void counter(struct buffer *out, const char *name, const char *help, uint64_t value)
{
    single(out, name, "counter", help, value);
}

/* The sample of one value of a label. */
static void labelled(struct buffer *out, const char *name, const char *label, const char *value,
                     uint64_t number)
{
    (void)buffer_printf(out, PREFIX "%s{%s=\"%s\"} %" PRIu64 "\n", name, label, value, number);
}

/* Denials of requests are there from the start, so that the first of a kind is seen to come. */
static void decisions(const struct metrics *metrics, struct buffer *out)
{
    head(out, "decisions_total", "counter", "Calls that were answered.");
    for (int stage = 0; stage < METRICS_STAGES; stage++)
        for (int verdict = 0; verdict < METRICS_VERDICTS; verdict++)
            for (int reason = 0; reason < METRICS_REASONS; reason++) {
                uint64_t count = metrics->decisions[stage][verdict][reason];

                if (count || (stage == METRICS_REQUEST && verdict == METRICS_DENY))
                    (void)buffer_printf(
                        out,
                        PREFIX "decisions_total{stage=\"%s\",verdict=\"%s\",reason=\"%s\"} %" PRIu64
                               "\n",
                        metrics_stage_names[stage].ptr, metrics_verdict_names[verdict].ptr,
                        metrics_reason_names[reason].ptr, count);
            }
}

static void histogram(struct buffer *out, const char *name, const char *help,
                      const struct metrics_histogram *histogram)
{
    uint64_t count = 0;

    head(out, name, "histogram", help);
    for (int i = 0; i < METRICS_BOUNDS; i++) {
        uint64_t us = metrics_bounds_us[i];

        count += histogram->buckets[i];
        (void)buffer_printf(out, PREFIX "%s_bucket{le=\"%" PRIu64 ".%06" PRIu64 "\"} %" PRIu64 "\n",
                            name, us / 1000000, us % 1000000, count);
    }
    count += histogram->buckets[METRICS_BOUNDS];
    (void)buffer_printf(out, PREFIX "%s_bucket{le=\"+Inf\"} %" PRIu64 "\n", name, count);
    (void)buffer_printf(out, PREFIX "%s_sum %" PRIu64 ".%06" PRIu64 "\n", name,
                        histogram->sum_us / 1000000, histogram->sum_us % 1000000);
    (void)buffer_printf(out, PREFIX "%s_count %" PRIu64 "\n", name, count);
}

static void workers(const struct overview *overview, struct buffer *out)
{
    struct overview_workers workers = overview_workers(overview);

    head(out, "workers", "gauge", "Worker processes by what they do.");
    labelled(out, "workers", "state", "idle", workers.idle);
    labelled(out, "workers", "state", "busy", workers.busy);
    labelled(out, "workers", "state", "starting", workers.starting);
    head(out, "worker_exits_total", "counter", "Worker processes that ended, by why.");
    for (int i = 0; i < METRICS_EXITS; i++)
        labelled(out, "worker_exits_total", "reason", metrics_exit_names[i].ptr,
                 overview->metrics->exits[i]);
}

static void policies(const struct overview *overview, struct buffer *out)
{
    const struct metrics_reload *reload = &overview->metrics->reload;
    const struct generation *current = overview_current(overview);

    head(out, "reloads_total", "counter", "Loads of the policies, the first one included.");
    labelled(out, "reloads_total", "result", "loaded", reload->loaded);
    labelled(out, "reloads_total", "result", "failed", reload->failed);
    gauge(out, "last_reload_timestamp_seconds", "When the latest load was over.",
          (uint64_t)reload->last_s);
    gauge(out, "last_reload_successful", "Whether the latest load succeeded.",
          reload->last_s && !reload->last_failed);
    head(out, "generation_info", "gauge", "The set of policies that decides.");
    (void)buffer_printf(
        out, PREFIX "generation_info{generation=\"%" PRIu64 "\",hash=\"%s\",state=\"%s\"} 1\n",
        current ? current->number : 0, current ? current->hash : "", overview_state(overview));
}

static void traffic(const struct overview *overview, struct buffer *out)
{
    const struct metrics *metrics = overview->metrics;

    gauge(out, "connections", "Connections of the engine.", http_connections(overview->http));
    gauge(out, "calls", "Calls that are being read, decided or answered.", overview->http->active);
    gauge(out, "queue_length", "Calls that wait for a worker.",
          queue_len(&overview->dispatch->queue));
    gauge(out, "bytes_in_flight", "Memory that the bodies of calls take.", overview->http->bytes);
    counter(out, "empty_calls_total",
            "Calls without content: an engine repeats so one whose answer it did not get.",
            metrics->empty);
    counter(out, "undelivered_answers_total", "Answers whose caller had left.",
            metrics->undelivered);
}

static void sinks(const struct audit_sinks *sinks, struct buffer *out)
{
    if (sinks->count)
        head(out, "audit_dropped_records_total", "counter",
             "Records that a sink could not take at once.");
    for (size_t i = 0; i < sinks->count; i++)
        labelled(out, "audit_dropped_records_total", "sink", sinks->list[i].ops->name,
                 sinks->list[i].dropped);
}

static void trail(const struct overview *overview, struct buffer *out)
{
    counter(out, "audit_errors_total", "Records that could not be written or brought to the disk.",
            overview->audit->errors);
    gauge(out, "audit_failing", "Whether the audit trail cannot be written.",
          overview->audit->is_failing);
    sinks(&overview->audit->sinks, out);
    counter(out, "withheld_answers_total",
            "Allowed calls that were denied since their records did not get where they must.",
            overview->metrics->withheld);
}

int metrics_text(const struct overview *overview, struct buffer *buffer)
{
    head(buffer, "build_info", "gauge", "The version of the daemon.");
    labelled(buffer, "build_info", "version", AUTHZ_VERSION, 1);
    gauge(buffer, "start_time_seconds", "When the daemon started.", (uint64_t)overview->started_s);
    decisions(overview->metrics, buffer);
    histogram(buffer, "queue_seconds", "Wait of requests for a worker.", &overview->metrics->queue);
    histogram(buffer, "decision_seconds", "Time that workers took for requests.",
              &overview->metrics->decide);
    workers(overview, buffer);
    policies(overview, buffer);
    traffic(overview, buffer);
    trail(overview, buffer);
    return buffer->failed ? -1 : 0;
}
