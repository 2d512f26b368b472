#include "broker/http.h"

#include <limits.h>
#include <malloc.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/frame.h"
#include "base/log.h"
#include "broker/answer.h"

enum {
    CONNECTION_MEMORY_BYTES = 32 * 1024,
    ARRIVAL_TIMEOUT_S = 10,      /* between two pieces of a body */
    BODY_KEEP_BYTES = 16 * 1024, /* of a spare call */
    BODY_HINT_MAX_BYTES = 256 * 1024,
    SPARES_MAX = 64,
    TIDY_US = 5 * 1000 * 1000,
    ROUNDS_MAX = 4, /* of MHD before the loop sees to others again */
    FLUSH_ROUNDS = 64,
};

static enum call_stage stage_of(const char *method, const char *url)
{
    if (strcmp(method, MHD_HTTP_METHOD_POST) != 0)
        return CALL_ELSEWHERE;
    if (strcmp(url, "/AuthZPlugin.AuthZReq") == 0)
        return CALL_REQUEST;
    if (strcmp(url, "/AuthZPlugin.AuthZRes") == 0)
        return CALL_RESPONSE;
    if (strcmp(url, "/Plugin.Activate") == 0)
        return CALL_ACTIVATE;
    return CALL_ELSEWHERE;
}

static struct call *call_get(struct http *http)
{
    struct call *call = http->spare;
    struct buffer body;

    if (!call)
        call = calloc(1, sizeof *call);
    if (!call)
        return NULL;
    if (http->spare) {
        http->spare = call->next;
        http->spares--;
        body = call->body;
        *call = (struct call){.body = body};
    } else
        buffer_init(&call->body, FRAME_PAYLOAD_MAX);
    buffer_init(&call->answer, ANSWER_MAX_BYTES);
    http->active++;
    return call;
}

/* Freed bodies stay in malloc's heap, for the next ones; not for ever. */
static void on_tidy(struct loop_delay *delay, struct loop_timer *timer)
{
    (void)delay;
    (void)timer;
    (void)malloc_trim(0);
}

static void call_put(struct http *http, struct call *call)
{
    http->active--;
    http->bytes -= call->body.len;
    buffer_done(&call->answer);
    if (http->spares >= SPARES_MAX) {
        buffer_done(&call->body);
        free(call);
        return;
    }
    if (call->body.cap > BODY_KEEP_BYTES && !http->tidy.delay)
        loop_timer_start(http->loop, &http->tidy_delay, &http->tidy);
    buffer_reset(&call->body, BODY_KEEP_BYTES);
    call->next = http->spare;
    http->spare = call;
    http->spares++;
}

/* Room for what the caller says it will send, up to a point: words cost nothing. */
static void reserve_hinted(struct call *call)
{
    const char *text =
        MHD_lookup_connection_value(call->connection, MHD_HEADER_KIND, "Content-Length");
    unsigned long long hint = text ? strtoull(text, NULL, 10) : 0;

    if (hint > BODY_HINT_MAX_BYTES)
        hint = BODY_HINT_MAX_BYTES;
    (void)buffer_reserve(&call->body, (size_t)hint);
}

static bool is_kept(const struct http *http, const struct call *call)
{
    return call->stage == CALL_REQUEST ||
           (call->stage == CALL_RESPONSE && http->plan.keeps_responses);
}

static struct call *call_begin(struct http *http, struct MHD_Connection *connection,
                               const char *method, const char *url)
{
    struct call *call = call_get(http);

    if (!call)
        return NULL;
    call->connection = connection;
    call->stage = stage_of(method, url);
    if (call->stage == CALL_REQUEST || call->stage == CALL_RESPONSE)
        call->number = ++http->last_call;
    if (is_kept(http, call))
        reserve_hinted(call);
    (void)MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT,
                                    (unsigned int)ARRIVAL_TIMEOUT_S);
    return call;
}

/* Let go of what was kept, and of what comes. */
static void call_drop(struct http *http, struct call *call, enum call_excess excess)
{
    call->excess = excess;
    http->bytes -= call->body.len;
    buffer_reset(&call->body, 0);
}

static void call_receive(struct http *http, struct call *call, const char *data, size_t len)
{
    call->body_bytes += len;
    if (!is_kept(http, call) || call->excess != CALL_KEPT)
        return;
    if (len > call->body.max - call->body.len)
        call_drop(http, call, CALL_TOO_LARGE);
    else if (http->bytes + len > http->plan.bytes_max || buffer_append(&call->body, data, len) < 0)
        call_drop(http, call, CALL_OVERLOADED);
    else
        http->bytes += len;
}

static struct MHD_Response *response_make(struct str body, enum MHD_ResponseMemoryMode mode)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(body.len, str_unconst(body.ptr), mode);

    if (response && MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE,
                                            "application/json") != MHD_YES) {
        MHD_destroy_response(response);
        response = NULL;
    }
    return response;
}

static enum MHD_Result send_words(struct http *http, struct call *call)
{
    struct str words = buffer_view(&call->answer);
    struct MHD_Response *response = NULL;
    enum MHD_Result status;

    if (!call->answer.failed && words.len)
        response = response_make(words, MHD_RESPMEM_MUST_FREE);
    if (!response)
        return MHD_queue_response(call->connection, MHD_HTTP_OK, http->fixed[HTTP_NO_MEMORY]);
    call->answer = (struct buffer){0}; /* the response owns its text now */
    if (http->closing)
        (void)MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
    status = MHD_queue_response(call->connection, MHD_HTTP_OK, response);
    MHD_destroy_response(response);
    return status;
}

static enum MHD_Result send_answer(struct http *http, struct call *call)
{
    struct MHD_Connection *connection = call->connection;

    switch (call->stage) {
    case CALL_ELSEWHERE:
        return MHD_queue_response(connection, MHD_HTTP_NOT_FOUND, http->fixed[HTTP_ELSEWHERE]);
    case CALL_ACTIVATE:
        return MHD_queue_response(connection, MHD_HTTP_OK, http->fixed[HTTP_ACTIVATE]);
    default:
        break;
    }
    if (call->allowed)
        return MHD_queue_response(connection, MHD_HTTP_OK, http->fixed[HTTP_ALLOW]);
    return send_words(http, call);
}

static void call_complete(struct http *http, struct call *call)
{
    call->complete = true;
    call->complete_us = loop_clock_us();
    (void)MHD_set_connection_option(call->connection, MHD_CONNECTION_OPTION_TIMEOUT, 0U);
    if (call->stage == CALL_REQUEST || call->stage == CALL_RESPONSE)
        http->plan.complete(http->plan.context, call);
    else
        call->answered = true;
}

/* MHD_AccessHandlerCallback: once for the headers, once for each piece of the body, once for its
 * end, and once more when the connection is resumed. MHD's type has that many parameters. */
/* NOLINTNEXTLINE(readability-function-size) */
static enum MHD_Result on_access(void *context, struct MHD_Connection *connection, const char *url,
                                 const char *method, const char *version, const char *data,
                                 size_t *data_len, void **state)
{
    struct http *http = context;
    struct call *call = *state;

    (void)version;
    if (!call) {
        *state = call_begin(http, connection, method, url);
        return *state ? MHD_YES : MHD_NO;
    }
    if (*data_len) {
        call_receive(http, call, data, *data_len);
        *data_len = 0;
        return MHD_YES;
    }
    if (!call->complete)
        call_complete(http, call);
    if (call->answered)
        return send_answer(http, call);
    call->suspended = true;
    MHD_suspend_connection(connection);
    return MHD_YES;
}

static void on_completed(void *context, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode how)
{
    struct http *http = context;
    struct call *call = *state;

    (void)connection;
    if (!call)
        return;
    *state = NULL;
    http->plan.over(http->plan.context, call, how == MHD_REQUEST_TERMINATED_COMPLETED_OK);
    call_put(http, call);
}

static void __attribute__((format(printf, 2, 0)))
on_log(void *context, const char *fmt, va_list args)
{
    char text[512];

    (void)context;
    (void)vsnprintf(text, sizeof text, fmt, args);
    text[strcspn(text, "\n")] = '\0';
    log_event(LOG_LEVEL_WARN, "http", LOG_TEXT("what", text));
}

/* MHD's own clock: -1, or ms until it wants to run. */
static int timeout_ms(struct http *http)
{
    MHD_UNSIGNED_LONG_LONG ms;

    if (MHD_get_timeout(http->daemon, &ms) != MHD_YES)
        return -1;
    return ms < INT_MAX ? (int)ms : INT_MAX;
}

unsigned int http_connections(const struct http *http)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);

    return info ? info->num_connections : 0;
}

/* When all connections are taken MHD stops to accept, and it goes on only in the run after the one
 * in which a connection ended: nothing would wake us for that. */
static void run(struct http *http)
{
    http->resumed = false;
    (void)MHD_run(http->daemon);
    if (http->full)
        (void)MHD_run(http->daemon);
    http->full = http_connections(http) >= http->plan.connections_max;
}

static int before_wait(struct loop_hook *hook)
{
    struct http *http = (struct http *)((char *)hook - offsetof(struct http, hook));
    int wait_ms = timeout_ms(http);

    /* An answer takes it two rounds more: to finish the call, and to see that no other came. */
    for (int i = 0; i < ROUNDS_MAX && (http->resumed || wait_ms == 0); i++) {
        run(http);
        wait_ms = timeout_ms(http);
    }
    return http->resumed ? 0 : wait_ms;
}

static void on_ready(struct loop_watch *watch, uint32_t events)
{
    struct http *http = (struct http *)((char *)watch - offsetof(struct http, watch));

    (void)events;
    run(http);
}

static int make_fixed(struct http *http, struct err *err)
{
    const struct str bodies[HTTP_RESPONSES] = {
        [HTTP_ALLOW] = STR(ANSWER_ALLOW),
        [HTTP_ACTIVATE] = STR(ANSWER_ACTIVATE),
        [HTTP_ELSEWHERE] = STR(ANSWER_ELSEWHERE),
        [HTTP_NO_MEMORY] = STR(ANSWER_NO_MEMORY),
    };

    for (int i = 0; i < HTTP_RESPONSES; i++) {
        http->fixed[i] = response_make(bodies[i], MHD_RESPMEM_PERSISTENT);
        if (!http->fixed[i])
            return err_set(err, ERR_NOMEM, "http: out of memory");
    }
    return 0;
}

static struct MHD_Daemon *daemon_start(struct http *http, int listen_fd)
{
    /* The engine needs no Date, and each would cost a look at the clock. */
    unsigned int flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG |
                         MHD_USE_SUPPRESS_DATE_NO_CLOCK;

    return MHD_start_daemon(
        flags, 0, NULL, NULL, on_access, http, MHD_OPTION_EXTERNAL_LOGGER, on_log, http,
        MHD_OPTION_LISTEN_SOCKET, listen_fd, MHD_OPTION_NOTIFY_COMPLETED, on_completed, http,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned int)http->plan.connections_max,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY_BYTES,
        MHD_OPTION_CONNECTION_TIMEOUT, 0U, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_END);
}

int http_start(struct http *ret, struct loop *loop, int listen_fd, const struct http_plan *plan,
               struct err *err)
{
    const union MHD_DaemonInfo *info;

    *ret = (struct http){.loop = loop, .plan = *plan, .hook.before_wait = before_wait};
    loop_delay_init(loop, &ret->tidy_delay, TIDY_US, on_tidy);
    if (make_fixed(ret, err) < 0)
        return -1;
    ret->daemon = daemon_start(ret, listen_fd);
    if (!ret->daemon)
        return err_set(err, ERR_SYSTEM, "cannot start the HTTP server");
    info = MHD_get_daemon_info(ret->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    if (!info)
        return err_set(err, ERR_SYSTEM, "the HTTP server was built without epoll");
    ret->watch = (struct loop_watch){.fd = info->epoll_fd, .ready = on_ready};
    loop->hook = &ret->hook;
    return loop_watch(loop, &ret->watch, EPOLLIN, err);
}

void http_answer(struct http *http, struct call *call)
{
    call->answered = true;
    if (!call->suspended)
        return; /* within its own handler, which sends it */
    call->suspended = false;
    http->resumed = true;
    MHD_resume_connection(call->connection);
}

void http_quiesce(struct http *http)
{
    (void)MHD_quiesce_daemon(http->daemon);
}

void http_last_answers(struct http *http)
{
    http->closing = true;
    for (int i = 0; i < HTTP_RESPONSES; i++)
        (void)MHD_add_response_header(http->fixed[i], MHD_HTTP_HEADER_CONNECTION, "close");
}

void http_stop(struct http *http)
{
    if (http->daemon) {
        for (int i = 0; i < FLUSH_ROUNDS && http->active; i++)
            (void)MHD_run(http->daemon);
        loop_unwatch(http->loop, &http->watch);
        http->loop->hook = NULL;
        http_quiesce(http);
        MHD_stop_daemon(http->daemon);
        loop_timer_stop(&http->tidy);
    }
    for (int i = 0; i < HTTP_RESPONSES; i++) {
        if (http->fixed[i])
            MHD_destroy_response(http->fixed[i]);
    }
    while (http->spare) {
        struct call *call = http->spare;

        http->spare = call->next;
        buffer_done(&call->body);
        free(call);
    }
    *http = (struct http){0};
}
