#include "broker/control_status.h"

#include <inttypes.h>
#include <unistd.h>

#include "base/utc.h"

/* A member of an object; the comma before it unless the object has just been opened. */
static void key(struct buffer *out, const char *name)
{
    if (out->len && out->data[out->len - 1] != '{')
        (void)buffer_append(out, ",", 1);
    (void)buffer_printf(out, "\"%s\":", name);
}

static void number(struct buffer *out, const char *name, uint64_t value)
{
    key(out, name);
    (void)buffer_printf(out, "%" PRIu64, value);
}

static void text(struct buffer *out, const char *name, const char *value)
{
    key(out, name);
    (void)buffer_json(out, str_from(value));
}

static void truth(struct buffer *out, const char *name, bool value)
{
    key(out, name);
    (void)buffer_str(out, value ? STR("true") : STR("false"));
}

static void moment(struct buffer *out, const char *name, time_t second)
{
    char stamp[UTC_TEXT_BYTES];

    text(out, name, second ? utc_text(second, stamp) : "");
}

static void open_object(struct buffer *out, const char *name)
{
    key(out, name);
    (void)buffer_append(out, "{", 1);
}

static void close_object(struct buffer *out)
{
    (void)buffer_append(out, "}", 1);
}

static void generation(const struct overview *overview, struct buffer *out)
{
    const struct generation *current = overview_current(overview);

    open_object(out, "generation");
    number(out, "number", current ? current->number : 0);
    text(out, "state", overview_state(overview));
    text(out, "hash", current ? current->hash : "");
    moment(out, "since", current ? current->since_s : 0);
    text(out, "why", current && current->state == GENERATION_BROKEN ? current->why : "");
    close_object(out);
}

static void reloads(const struct metrics_reload *reload, struct buffer *out)
{
    open_object(out, "reload");
    moment(out, "time", reload->last_s);
    text(out, "result", !reload->last_s ? "" : reload->last_failed ? "failed" : "loaded");
    text(out, "why", reload->last_why);
    number(out, "loaded", reload->loaded);
    number(out, "failed", reload->failed);
    close_object(out);
}

static void workers(const struct overview *overview, struct buffer *out)
{
    struct overview_workers workers = overview_workers(overview);

    open_object(out, "workers");
    number(out, "idle", workers.idle);
    number(out, "busy", workers.busy);
    number(out, "starting", workers.starting);
    number(out, "min", overview->settings->workers_min);
    number(out, "max", overview->settings->workers_max);
    open_object(out, "exits");
    for (int i = 0; i < METRICS_EXITS; i++)
        number(out, metrics_exit_names[i].ptr, overview->metrics->exits[i]);
    close_object(out);
    close_object(out);
}

/* Only what has occurred. */
static void decisions(const struct metrics *metrics, struct buffer *out)
{
    open_object(out, "decisions");
    for (int stage = 0; stage < METRICS_STAGES; stage++) {
        open_object(out, metrics_stage_names[stage].ptr);
        for (int verdict = 0; verdict < METRICS_VERDICTS; verdict++) {
            open_object(out, metrics_verdict_names[verdict].ptr);
            for (int reason = 0; reason < METRICS_REASONS; reason++)
                if (metrics->decisions[stage][verdict][reason])
                    number(out, metrics_reason_names[reason].ptr,
                           metrics->decisions[stage][verdict][reason]);
            close_object(out);
        }
        close_object(out);
    }
    close_object(out);
}

static void limits(const struct metrics *metrics, struct buffer *out)
{
    static const char *const names[] = {"limit", "deadline", "overload"};

    open_object(out, "limits_hit");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        number(out, names[i], metrics_denied(metrics, str_from(names[i])));
    close_object(out);
}

static void trail(const struct overview *overview, struct buffer *out)
{
    const struct audit_sinks *sinks = &overview->audit->sinks;

    open_object(out, "audit");
    text(out, "place", overview->settings->audit);
    text(out, "sinks", overview->settings->audit_sinks);
    truth(out, "failing", overview->audit->is_failing);
    number(out, "errors", overview->audit->errors);
    number(out, "withheld", overview->metrics->withheld);
    open_object(out, "dropped");
    for (size_t i = 0; i < sinks->count; i++)
        number(out, sinks->list[i].ops->name, sinks->list[i].dropped);
    close_object(out);
    close_object(out);
}

int control_status(const struct overview *overview, struct buffer *buffer)
{
    const char *amiss = overview_amiss(overview);

    (void)buffer_append(buffer, "{", 1);
    truth(buffer, "ok", true);
    text(buffer, "version", AUTHZ_VERSION);
    number(buffer, "pid", (uint64_t)getpid());
    moment(buffer, "started", overview->started_s);
    number(buffer, "uptime_s", overview_uptime_s(overview));
    text(buffer, "amiss", amiss ? amiss : "");
    text(buffer, "socket", overview->settings->socket);
    text(buffer, "policy", overview->settings->policy);
    text(buffer, "library", overview->settings->library);
    generation(overview, buffer);
    reloads(&overview->metrics->reload, buffer);
    workers(overview, buffer);
    number(buffer, "connections", http_connections(overview->http));
    number(buffer, "waiting", queue_len(&overview->dispatch->queue));
    number(buffer, "bytes_in_flight", overview->http->bytes);
    number(buffer, "allowed", metrics_count(overview->metrics, METRICS_ALLOW));
    number(buffer, "denied", metrics_count(overview->metrics, METRICS_DENY));
    decisions(overview->metrics, buffer);
    limits(overview->metrics, buffer);
    number(buffer, "empty_calls", overview->metrics->empty);
    number(buffer, "undelivered", overview->metrics->undelivered);
    trail(overview, buffer);
    close_object(buffer);
    return buffer->failed ? -1 : 0;
}
