#include "broker/broker.h"

#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/install.h"
#include "base/log.h"
#include "base/unblock.h"
#include "broker/control.h"
#include "broker/dispatch.h"
#include "broker/http.h"
#include "broker/metrics_http.h"
#include "broker/settle.h"
#include "broker/socket.h"
#include "broker/watch.h"

enum {
    DRAIN_EXTRA_US = 500 * 1000, /* beyond the deadline of what is being decided */
    WORDS_MAX_BYTES = 1024,
    FDS_PER_WORKER = 6, /* pipes, process, and as much again while one replaces another */
    FDS_ELSE = 96,
};

struct broker {
    const struct settings *settings; /* borrowed */
    struct loop loop;
    struct socket sock;
    struct http http;
    struct settle settle;
    struct loop_hook hook;
    struct dispatch dispatch;
    struct metrics metrics;
    struct overview overview;
    struct metrics_http metrics_http;
    struct control control;
    struct watch watch;
    struct loop_delay drain;
    struct loop_timer drain_timer;
    bool started;
    bool draining;
    char worker[PATH_MAX];
};

/* The end of every call. */
static void settle(void *context, struct call *call, const struct verdict *verdict)
{
    struct broker *broker = context;

    settle_call(&broker->settle, call, verdict);
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
    } else if (call->stage == CALL_RESPONSE &&
               (call->excess != CALL_KEPT || !audit_is_on(&broker->settle.audit))) {
        settle(broker, call, &allow);
    } else if (call->excess == CALL_TOO_LARGE) {
        (void)snprintf(words, sizeof words,
                       "[request.too-large] the engine sent %" PRIu64
                       " bytes about this call, and no more than %zu are read",
                       call->body_bytes, call->body.max);
        refuse(broker, call, "request", words);
    } else if (call->excess == CALL_OVERLOADED) {
        refuse(broker, call, "overload",
               "[overload] too many large calls are being handled; run the command again");
    } else
        dispatch_submit(&broker->dispatch, call);
}

static void note(void *context, const char *event, const char *subject)
{
    struct broker *broker = context;

    settle_note(&broker->settle, event, subject);
    if (strncmp(event, "reload", strlen("reload")) == 0)
        control_reloaded(&broker->control);
}

static void on_over(void *context, struct call *call, bool delivered)
{
    struct broker *broker = context;
    char id[SETTLE_ID_BYTES];

    if (call->answered && !delivered && call->number) {
        settle_id(&broker->settle, call, id);
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
    broker->overview.stopping = true;
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

static void reload(void *context)
{
    struct broker *broker = context;
    struct err err;

    if (audit_reopen(&broker->settle.audit, &err) < 0)
        log_event(LOG_LEVEL_ERROR, "audit.failed", LOG_TEXT("why", err.msg));
    watch_renew(&broker->watch);
    dispatch_reload(&broker->dispatch);
}

static void on_files_changed(void *context)
{
    struct broker *broker = context;

    if (!broker->draining)
        dispatch_refresh(&broker->dispatch);
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
    generations->plan.age_max = settings->worker_age_max;
    generations->plan.kept_bytes_max = settings->worker_kept_memory_max;
    generations->plan.limits = settings_limits(settings);
    generations->plan.metrics = &broker->metrics;
}

/* The lesser of two waits, of which -1 is the longest. */
static int sooner_ms(int a, int b)
{
    return a < 0 || (b >= 0 && b < a) ? b : a;
}

static void watch_files(struct broker *broker)
{
    const struct settings *settings = broker->settings;
    struct watch_plan plan = {
        .policy = settings->policy,
        .library = settings->library,
        .rest_us = settings->reload_debounce_ms * 1000,
        .changed = on_files_changed,
        .context = broker,
    };

    watch_start(&broker->watch, &broker->loop, &plan);
}

/* Answers that wait for the disk go out first; those that came up meanwhile, at once after. */
static int before_wait(struct loop_hook *hook)
{
    struct broker *broker = (struct broker *)((char *)hook - offsetof(struct broker, hook));
    int wait_ms;

    (void)settle_flush(&broker->settle);
    wait_ms = sooner_ms(broker->http.hook.before_wait(&broker->http.hook),
                        metrics_http_wait_ms(&broker->metrics_http));
    return settle_flush(&broker->settle) ? 0 : wait_ms;
}

static void begin_overview(struct broker *broker)
{
    broker->overview = (struct overview){
        .settings = broker->settings,
        .metrics = &broker->metrics,
        .dispatch = &broker->dispatch,
        .http = &broker->http,
        .audit = &broker->settle.audit,
        .started_s = time(NULL),
        .started_us = loop_clock_us(),
    };
}

/* A control socket that nobody asked for, and that cannot be had, is no reason not to serve. */
static int start_control(struct broker *broker, struct err *err)
{
    char path[SETTINGS_CONTROL_BYTES];
    const struct control_plan plan = {&broker->overview, reload, broker};

    settings_control(broker->settings, path);
    if (control_start(&broker->control, &broker->loop, path, &plan, err) == 0)
        return 0;
    if (broker->settings->control[0])
        return -1;
    log_event(LOG_LEVEL_WARN, "control.failed", LOG_TEXT("why", err->msg));
    return 0;
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

    if (install_worker(broker->worker, sizeof broker->worker, err) < 0 ||
        settle_start(&broker->settle, settings, &broker->http, &broker->metrics, err) < 0 ||
        loop_init(&broker->loop, err) < 0 ||
        loop_signals(&broker->loop, (const int[]){SIGHUP, SIGTERM, SIGINT, 0}, on_signal, broker,
                     err) < 0)
        return -1;
    loop_delay_init(&broker->loop, &broker->drain,
                    settings->decision_timeout_ms * 1000 + DRAIN_EXTRA_US, on_drained);
    plan_dispatch(broker);
    raise_descriptor_limit(settings);
    plan.keeps_responses = audit_is_on(&broker->settle.audit);
    if (socket_open(settings->socket, &broker->sock, err) < 0 ||
        http_start(&broker->http, &broker->loop, broker->sock.fd, &plan, err) < 0)
        return -1;
    begin_overview(broker);
    if (start_control(broker, err) < 0 ||
        metrics_http_start(&broker->metrics_http, &broker->loop, settings->metrics,
                           &broker->overview, err) < 0)
        return -1;
    broker->hook.before_wait = before_wait;
    broker->loop.hook = &broker->hook;
    log_event(LOG_LEVEL_INFO, "listening",
              LOG_TEXT("socket", broker->sock.adopted ? "given" : broker->sock.path),
              LOG_TEXT("policy", settings->policy), LOG_TEXT("library", settings->library));
    broker->started = true;
    note(broker, "start", AUTHZ_VERSION);
    /* Only now: an engine gives a plugin that does not listen a few seconds, then gives up. */
    dispatch_reload(&broker->dispatch);
    watch_files(broker);
    return 0;
}

static void done(struct broker *broker)
{
    dispatch_refuse_all(&broker->dispatch, "the plugin is being stopped; run the command again");
    (void)settle_flush(&broker->settle);
    control_stop(&broker->control);
    metrics_http_stop(&broker->metrics_http);
    http_stop(&broker->http);
    watch_done(&broker->watch);
    dispatch_done(&broker->dispatch);
    socket_close(&broker->sock);
    if (broker->started)
        note(broker, "stop", AUTHZ_VERSION);
    settle_done(&broker->settle);
    loop_done(&broker->loop);
}

int broker_run(const struct settings *settings, struct err *err)
{
    struct broker broker = {
        .settings = settings,
        .loop = {.epoll_fd = -1, .signal_fd = -1},
        .sock = {.fd = -1, .lock_fd = -1},
        .settle = {.audit = {.file = {.fd = -1}}},
    };
    int status;

    unblock(STDERR_FILENO); /* who reads the log may stall, decisions may not */
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error, not our end */
    status = start(&broker, err);
    if (status == 0)
        status = loop_run(&broker.loop, err);
    done(&broker);
    return status;
}
