#include "broker/metrics_http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/fd.h"
#include "broker/metrics_text.h"

enum {
    CONNECTIONS_MAX = 16,
    CONNECTION_MEMORY_BYTES = 8 * 1024,
    IDLE_TIMEOUT_S = 15, /* a Prometheus that asks more seldom connects anew */
    TEXT_MAX_BYTES = 256 * 1024,
    BACKLOG = 64,
};

#define PLAIN "text/plain; charset=utf-8"

static enum MHD_Result reply(struct MHD_Connection *connection, unsigned int status,
                             const char *type, struct buffer *body)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(body->len, body->data, MHD_RESPMEM_MUST_FREE);
    enum MHD_Result result = MHD_NO;

    if (!response)
        return MHD_NO;
    *body = (struct buffer){0}; /* the response owns its text now */
    if (MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type) == MHD_YES)
        result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result answer(const struct overview *overview, struct MHD_Connection *connection,
                              const char *url, struct buffer *body)
{
    const char *amiss;

    if (strcmp(url, "/metrics") == 0) {
        if (metrics_text(overview, body) < 0)
            return MHD_NO;
        return reply(connection, MHD_HTTP_OK, METRICS_TEXT_TYPE, body);
    }
    if (strcmp(url, "/healthz") == 0) {
        (void)buffer_str(body, STR("alive\n"));
        return reply(connection, MHD_HTTP_OK, PLAIN, body);
    }
    if (strcmp(url, "/readyz") != 0) {
        (void)buffer_str(body, STR("here are /metrics, /healthz and /readyz\n"));
        return reply(connection, MHD_HTTP_NOT_FOUND, PLAIN, body);
    }
    amiss = overview_amiss(overview);
    (void)buffer_printf(body, "%s\n", amiss ? amiss : "ready");
    return reply(connection, amiss ? MHD_HTTP_SERVICE_UNAVAILABLE : MHD_HTTP_OK, PLAIN, body);
}

/* MHD_AccessHandlerCallback: once for the headers, and again for each piece of a body and its end.
 * MHD's type has that many parameters. */
/* NOLINTNEXTLINE(readability-function-size) */
static enum MHD_Result on_access(void *context, struct MHD_Connection *connection, const char *url,
                                 const char *method, const char *version, const char *data,
                                 size_t *data_len, void **state)
{
    const struct metrics_http *http = context;
    bool reads =
        strcmp(method, MHD_HTTP_METHOD_GET) == 0 || strcmp(method, MHD_HTTP_METHOD_HEAD) == 0;
    struct buffer body;
    enum MHD_Result result;

    (void)version;
    (void)data;
    if (reads && (!*state || *data_len)) {
        *state = context;
        *data_len = 0;
        return MHD_YES;
    }
    buffer_init(&body, TEXT_MAX_BYTES);
    if (reads) {
        result = answer(http->overview, connection, url, &body);
    } else {
        (void)buffer_str(&body, STR("only GET and HEAD are served here\n"));
        result = reply(connection, MHD_HTTP_METHOD_NOT_ALLOWED, PLAIN, &body);
    }
    buffer_done(&body);
    return result;
}

/* Twice: at its limit of connections MHD stops to accept, and it goes on only in the run after the
 * one in which a connection ended. */
static void run(struct metrics_http *http)
{
    (void)MHD_run(http->daemon);
    (void)MHD_run(http->daemon);
}

static void on_ready(struct loop_watch *watch, uint32_t events)
{
    struct metrics_http *http =
        (struct metrics_http *)((char *)watch - offsetof(struct metrics_http, watch));

    (void)events;
    run(http);
}

static bool port_parse(const char *text, in_port_t *ret)
{
    unsigned int port = 0;

    for (const char *c = text; *c; c++) {
        if (*c < '0' || *c > '9' || (port = port * 10 + (unsigned int)(*c - '0')) > UINT16_MAX)
            return false;
    }
    *ret = htons((uint16_t)port);
    return port > 0;
}

union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

/* Loopback only: there is no way to know who asks. */
static bool address_parse(const char *place, union address *ret, socklen_t *ret_size)
{
    static const char v4[] = "127.0.0.1:";
    static const char v6[] = "[::1]:";

    *ret = (union address){0};
    if (strncmp(place, v4, sizeof v4 - 1) == 0) {
        ret->v4 =
            (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
        *ret_size = sizeof ret->v4;
        return port_parse(place + sizeof v4 - 1, &ret->v4.sin_port);
    }
    if (strncmp(place, v6, sizeof v6 - 1) == 0) {
        ret->v6 = (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_addr = in6addr_loopback};
        *ret_size = sizeof ret->v6;
        return port_parse(place + sizeof v6 - 1, &ret->v6.sin6_port);
    }
    return false;
}

static int listen_on(const char *place, struct socket *ret, struct err *err)
{
    CLEANUP(fd_close) int fd = -1;
    union address address;
    socklen_t size;
    int yes = 1;

    if (!address_parse(place, &address, &size))
        return err_set(err, ERR_INVALID,
                       "metrics: got \"%.80s\", expected a path that starts with /, "
                       "127.0.0.1:PORT or [::1]:PORT",
                       place);
    fd = socket(address.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) < 0 ||
        bind(fd, &address.any, size) < 0 || listen(fd, BACKLOG) < 0)
        return err_set(err, ERR_SYSTEM, "metrics: cannot listen on %s: %s", place, strerror(errno));
    ret->fd = fd_take(&fd);
    return 0;
}

static int serve(struct metrics_http *http, struct err *err)
{
    const union MHD_DaemonInfo *info;

    http->daemon =
        MHD_start_daemon(MHD_USE_EPOLL, 0, NULL, NULL, on_access, http, MHD_OPTION_LISTEN_SOCKET,
                         http->sock.fd, MHD_OPTION_CONNECTION_LIMIT, (unsigned int)CONNECTIONS_MAX,
                         MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY_BYTES,
                         MHD_OPTION_CONNECTION_TIMEOUT, (unsigned int)IDLE_TIMEOUT_S,
                         MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_END);
    info = http->daemon ? MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_EPOLL_FD) : NULL;
    if (!info)
        return err_set(err, ERR_SYSTEM, "metrics: cannot start the HTTP server");
    http->watch = (struct loop_watch){.fd = info->epoll_fd, .ready = on_ready};
    return loop_watch(http->loop, &http->watch, EPOLLIN, err);
}

int metrics_http_start(struct metrics_http *ret, struct loop *loop, const char *place,
                       const struct overview *overview, struct err *err)
{
    *ret = (struct metrics_http){
        .loop = loop, .overview = overview, .sock = {.fd = -1, .lock_fd = -1}};
    if (!*place)
        return 0;
    if (*place == '/') {
        if (socket_bind(place, &ret->sock, err) < 0)
            return err_prefix(err, "metrics");
    } else if (listen_on(place, &ret->sock, err) < 0)
        return -1;
    return serve(ret, err);
}

int metrics_http_wait_ms(struct metrics_http *http)
{
    MHD_UNSIGNED_LONG_LONG ms;

    if (!http->daemon || MHD_get_timeout(http->daemon, &ms) != MHD_YES)
        return -1;
    if (ms == 0)
        run(http);
    if (MHD_get_timeout(http->daemon, &ms) != MHD_YES)
        return -1;
    return ms < INT_MAX ? (int)ms : INT_MAX;
}

void metrics_http_stop(struct metrics_http *http)
{
    if (!http->daemon && !http->overview)
        return;
    if (http->daemon) {
        loop_unwatch(http->loop, &http->watch);
        (void)MHD_quiesce_daemon(http->daemon);
        MHD_stop_daemon(http->daemon);
    }
    socket_close(&http->sock);
    *http = (struct metrics_http){0};
}
