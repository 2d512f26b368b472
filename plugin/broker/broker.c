#include "broker/broker.h"

#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>

#include "base/install.h"
#include "base/log.h"
#include "broker/answer.h"
#include "broker/audit.h"
#include "broker/dispatch.h"
#include "broker/http.h"
#include "broker/socket.h"

enum {
    DRAIN_EXTRA_US = 500 * 1000, /* beyond the deadline of what is being decided */
    ID_MAX_BYTES = 40,
    WORDS_MAX_BYTES = 1024,
    FDS_PER_WORKER = 4, /* channel, process, and as much again while one replaces another */
    FDS_ELSE = 64,
};

struct broker {
    const struct settings *settings; /* borrowed */
    struct loop loop;
    struct socket sock;
    struct http http;
    struct audit audit;
    struct dispatch dispatch;
    struct loop_delay drain;
    struct loop_timer drain_timer;
    bool started;
    bool draining;
    uint32_t boot; /* tells the decision ids of one run from those of another */
    char worker[PATH_MAX];
};

static void format_id(const struct broker *broker, const struct call *call, char ret[ID_MAX_BYTES])
{
    (void)snprintf(ret, ID_MAX_BYTES, "%08" PRIx32 "-%" PRIu64, broker->boot, call->number);
}

static int record(struct broker *broker, const struct call *call, struct str id,
                  const struct verdict *verdict, struct err *err)
{
    uint64_t now_us = loop_clock_us();
    uint64_t left_queue_us = call->deciding_us ? call->deciding_us : now_us;
    struct audit_record line = {
        .id = id,
        .stage = call->stage == CALL_REQUEST ? "request" : "response",
        .verdict = verdict,
        .generation = call->generation,
        .body_bytes = call->body_bytes,
        .queue_us = left_queue_us - call->complete_us,
        .decide_us = call->deciding_us ? now_us - call->deciding_us : 0,
    };

    return audit_decision(&broker->audit, &line, err);
}

/* The end of every call: the record first, then the answer. */
static void settle(void *context, struct call *call, const struct verdict *verdict)
{
    struct broker *broker = context;
    struct str msg = verdict->msg;
    char id[ID_MAX_BYTES];
    struct err err;

    format_id(broker, call, id);
    call->allowed = verdict->allow;
    if (record(broker, call, str_from(id), verdict, &err) < 0) {
        log_event(LOG_LEVEL_ERROR, "audit.failed", LOG_TEXT("decision", id),
                  LOG_TEXT("why", err.msg));
        call->allowed = false;
        msg = STR("[audit] the decision could not be written to the audit trail");
    } else if (!msg.len)
        msg = STR("[policy-error] the policy denied this without a reason");
    if (!call->allowed)
        (void)answer_refuse(&call->answer, msg, str_from(id));
    http_answer(&broker->http, call);
}

static void refuse(struct broker *broker, struct call *call, const char *reason, const char *msg)
{
    struct verdict verdict = {.reason = str_from(reason), .msg = str_from(msg)};

    settle(broker, call, &verdict);
}

static void on_complete(void *context, struct call *call)
{
    static const struct verdict allow = {.allow = true, .reason = {"response", 8}};
    struct broker *broker = context;
    char words[WORDS_MAX_BYTES];

    if (call->body_bytes == 0) {
        refuse(broker, call, "engine-retry",
               "[engine-retry] the engine repeated this call without its content; run the command "
               "again");
    } else if (call->excess == CALL_TOO_LARGE) {
        (void)snprintf(words, sizeof words,
                       "[request.too-large] the engine sent %" PRIu64
                       " bytes about this call, and no more than %zu are read",
                       call->body_bytes, call->body.max);
        refuse(broker, call, "request", words);
    } else if (call->excess == CALL_OVERLOADED) {
        refuse(broker, call, "overload",
               "[overload] too many large calls are being handled; run the command again");
    } else if (call->stage == CALL_RESPONSE) {
        settle(broker, call, &allow);
    } else
        dispatch_submit(&broker->dispatch, call);
}

static void note(void *context, const char *event, const char *subject)
{
    struct broker *broker = context;
    struct err err;

    if (audit_event(&broker->audit, event, str_from(subject), &err) < 0)
        log_event(LOG_LEVEL_ERROR, "audit.failed", LOG_TEXT("event", event),
                  LOG_TEXT("why", err.msg));
}

static void on_over(void *context, struct call *call, bool delivered)
{
    struct broker *broker = context;
    char id[ID_MAX_BYTES];

    if (call->answered && !delivered && call->number) {
        format_id(broker, call, id);
        note(broker, "undelivered", id);
    }
    /* This call still counts as active. */
    if (broker->draining && broker->http.active == 1)
        loop_stop(&broker->loop);
}

static void on_drained(struct loop_delay *delay, struct loop_timer *timer)
{
    struct broker *broker = (struct broker *)((char *)delay - offsetof(struct broker, drain));

    (void)timer;
    loop_stop(&broker->loop);
}

static void stop(struct broker *broker)
{
    if (broker->draining) {
        loop_stop(&broker->loop); /* told twice: at once */
        return;
    }
    broker->draining = true;
    log_event(LOG_LEVEL_INFO, "stopping", LOG_NUMBER("calls", broker->http.active));
    /* Who waits to be accepted is still served, unless the socket outlives us. */
    if (broker->sock.adopted)
        http_quiesce(&broker->http);
    else
        socket_unlink(&broker->sock);
    http_last_answers(&broker->http);
    if (broker->http.active == 0)
        loop_stop(&broker->loop);
    else
        loop_timer_start(&broker->loop, &broker->drain, &broker->drain_timer);
}

static void reload(struct broker *broker)
{
    struct err err;

    if (audit_reopen(&broker->audit, &err) < 0)
        log_event(LOG_LEVEL_ERROR, "audit.failed", LOG_TEXT("why", err.msg));
    dispatch_reload(&broker->dispatch);
}

static void on_signal(void *context, int signal)
{
    struct broker *broker = context;

    if (signal != SIGHUP)
        stop(broker);
    else if (!broker->draining)
        reload(broker);
}

/* A descriptor for every connection and worker there may be. */
static void raise_descriptor_limit(const struct settings *settings)
{
    struct rlimit limit;
    rlim_t wanted = settings->connections_max + FDS_PER_WORKER * settings->workers_max + FDS_ELSE;

    if (getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur >= wanted)
        return;
    limit.rlim_cur = wanted;
    if (limit.rlim_max < wanted)
        limit.rlim_max = wanted;
    if (setrlimit(RLIMIT_NOFILE, &limit) < 0)
        log_event(LOG_LEVEL_WARN, "descriptors",
                  LOG_TEXT("what", "fewer connections than connections-max can be served"),
                  LOG_NUMBER("wanted", wanted));
}

static void plan_dispatch(struct broker *broker)
{
    const struct settings *settings = broker->settings;
    struct dispatch_plan plan = {
        .decision_us = settings->decision_timeout_ms * 1000,
        .wait_us = settings->queue_timeout_ms * 1000,
        .queue_max = settings->queue_max,
        .settle = settle,
        .event = note,
        .context = broker,
    };
    struct generations *generations = &broker->dispatch.generations;

    dispatch_init(&broker->dispatch, &broker->loop, &plan);
    generations->policy = settings->policy;
    generations->library = settings->library;
    generations->plan.program = broker->worker;
    generations->plan.min = settings->workers_min;
    generations->plan.max = settings->workers_max;
    generations->plan.limits = settings_limits(settings);
}

static int start(struct broker *broker, struct err *err)
{
    const struct settings *settings = broker->settings;
    struct http_plan plan = {
        .connections_max = settings->connections_max,
        .bytes_max = settings->bytes_in_flight_max,
        .complete = on_complete,
        .over = on_over,
        .context = broker,
    };

    if (getrandom(&broker->boot, sizeof broker->boot, 0) != (ssize_t)sizeof broker->boot)
        return err_set(err, ERR_SYSTEM, "the system has no random bytes");
    if (install_worker(broker->worker, sizeof broker->worker, err) < 0 ||
        audit_open(settings->audit, &broker->audit, err) < 0 || loop_init(&broker->loop, err) < 0 ||
        loop_signals(&broker->loop, (const int[]){SIGHUP, SIGTERM, SIGINT, 0}, on_signal, broker,
                     err) < 0)
        return -1;
    loop_delay_init(&broker->loop, &broker->drain,
                    settings->decision_timeout_ms * 1000 + DRAIN_EXTRA_US, on_drained);
    plan_dispatch(broker);
    raise_descriptor_limit(settings);
    if (socket_open(settings->socket, &broker->sock, err) < 0 ||
        http_start(&broker->http, &broker->loop, broker->sock.fd, &plan, err) < 0)
        return -1;
    log_event(LOG_LEVEL_INFO, "listening",
              LOG_TEXT("socket", broker->sock.adopted ? "given" : broker->sock.path),
              LOG_TEXT("policy", settings->policy), LOG_TEXT("library", settings->library));
    broker->started = true;
    note(broker, "start", AUTHZ_VERSION);
    /* Only now: an engine gives a plugin that does not listen a few seconds, then gives up. */
    dispatch_reload(&broker->dispatch);
    return 0;
}

static void done(struct broker *broker)
{
    dispatch_refuse_all(&broker->dispatch, "the plugin is being stopped; run the command again");
    http_stop(&broker->http);
    dispatch_done(&broker->dispatch);
    socket_close(&broker->sock);
    if (broker->started)
        note(broker, "stop", AUTHZ_VERSION);
    audit_close(&broker->audit);
    loop_done(&broker->loop);
}

int broker_run(const struct settings *settings, struct err *err)
{
    struct broker broker = {
        .settings = settings,
        .loop = {.epoll_fd = -1, .signal_fd = -1},
        .sock = {.fd = -1, .lock_fd = -1},
        .audit = {.fd = -1},
    };
    int status;

    (void)signal(SIGPIPE, SIG_IGN);
    status = start(&broker, err);
    if (status == 0)
        status = loop_run(&broker.loop, err);
    done(&broker);
    return status;
}
