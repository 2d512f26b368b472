#include "broker/http.h"

#include <limits.h>
#include <microhttpd.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "broker/answer.h"
#include "broker/http_call.h"

enum {
    /* MHD clears it after each request: more of it drives all else out of the processor's cache,
     * less makes large bodies come in more pieces. */
    CONNECTION_MEMORY_BYTES = 16 * 1024,
    ROUNDS_MAX = 4, /* of MHD before the loop sees to others again */
    FLUSH_ROUNDS = 64,
};

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
        *state = http_call_begin(http, connection, method, url);
        return *state ? MHD_YES : MHD_NO;
    }
    if (*data_len) {
        http_call_receive(http, call, data, *data_len);
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
    http_call_end(http, call);
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
    http_call_init(ret);
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
    }
    for (int i = 0; i < HTTP_RESPONSES; i++) {
        if (http->fixed[i])
            MHD_destroy_response(http->fixed[i]);
    }
    http_call_done(http);
    *http = (struct http){0};
}
