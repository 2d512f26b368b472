#include "broker/control.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/log.h"
#include "broker/control_status.h"

enum {
    EXCHANGE_US = 5 * 1000 * 1000,
    LOAD_US = 60 * 1000 * 1000, /* workers may take 10 s to load a set, more than once */
    PAUSE_US = 200 * 1000,
    ANSWER_MAX_BYTES = 64 * 1024,
    DRAINS_MAX = 1024,
};

static struct control_peer *of_watch(struct loop_watch *watch)
{
    return (struct control_peer *)((char *)watch - offsetof(struct control_peer, watch));
}

static struct control_peer *of_timer(struct loop_timer *timer)
{
    return (struct control_peer *)((char *)timer - offsetof(struct control_peer, timer));
}

/* What a peer sent beyond its request: to close upon it would take the answer away from it again.
 */
static void drain(int fd)
{
    char rest[CONTROL_LINE_MAX];

    /* Whoever goes on and on is not to keep the loop from others. */
    for (int i = 0; i < DRAINS_MAX; i++)
        if (recv(fd, rest, sizeof rest, MSG_DONTWAIT) < (ssize_t)sizeof rest)
            return;
}

static void close_peer(struct control_peer *peer)
{
    loop_timer_stop(&peer->timer);
    loop_unwatch(peer->control->loop, &peer->watch);
    fd_close(&peer->watch.fd);
    buffer_done(&peer->answer);
}

static void send_rest(struct control_peer *peer)
{
    struct str rest = str_skip(buffer_view(&peer->answer), peer->sent);
    ssize_t n = send(peer->watch.fd, rest.ptr, rest.len, MSG_DONTWAIT | MSG_NOSIGNAL);

    if (n < 0 && errno != EAGAIN && errno != EINTR) {
        close_peer(peer);
        return;
    }
    peer->sent += n > 0 ? (size_t)n : 0;
    if (peer->sent == peer->answer.len) {
        drain(peer->watch.fd);
        close_peer(peer);
    } else
        loop_rewatch(peer->control->loop, &peer->watch, EPOLLOUT);
}

/* Send what stands in peer->answer, with its end of line. */
static void finish(struct control_peer *peer)
{
    struct control *control = peer->control;

    (void)buffer_append(&peer->answer, "\n", 1);
    if (peer->answer.failed) {
        close_peer(peer);
        return;
    }
    loop_timer_start(control->loop, &control->exchange, &peer->timer);
    send_rest(peer);
}

static void refuse(struct control_peer *peer, const char *why)
{
    (void)buffer_str(&peer->answer, STR("{\"ok\":false,\"error\":"));
    (void)buffer_json(&peer->answer, str_from(why));
    (void)buffer_append(&peer->answer, "}", 1);
    finish(peer);
}

static void begin_reload(struct control_peer *peer)
{
    struct control *control = peer->control;

    if (control->plan.overview->stopping) {
        refuse(peer, "the plugin is being stopped");
        return;
    }
    peer->reloads = true;
    loop_timer_start(control->loop, &control->load, &peer->timer);
    loop_rewatch(control->loop, &peer->watch, 0); /* only its end is of interest */
    control->plan.reload(control->plan.context);
}

/* Root, or whoever runs the daemon: the socket's mode says the same, until someone changes it. */
static bool may_ask(int fd)
{
    struct ucred peer;
    socklen_t size = sizeof peer;

    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
           (peer.uid == 0 || peer.uid == geteuid());
}

static void serve(struct control_peer *peer, struct str line)
{
    if (!may_ask(peer->watch.fd)) {
        refuse(peer, "only root and the user that lua-authzd runs as may ask");
    } else if (str_eq(line, STR("status"))) {
        (void)control_status(peer->control->plan.overview, &peer->answer);
        finish(peer);
    } else if (str_eq(line, STR("reload")))
        begin_reload(peer);
    else
        refuse(peer, "no such request: expected status or reload");
}

static void read_line(struct control_peer *peer)
{
    char *at = peer->line + peer->line_bytes;
    ssize_t n = recv(peer->watch.fd, at, sizeof peer->line - peer->line_bytes, MSG_DONTWAIT);
    struct str line;

    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0) {
        close_peer(peer);
        return;
    }
    peer->line_bytes += (size_t)n;
    line = (struct str){peer->line, peer->line_bytes};
    line.len = str_find(line, '\n');
    if (line.len < peer->line_bytes)
        serve(peer, line);
    else if (peer->line_bytes == sizeof peer->line)
        refuse(peer, "the request is too long: expected status or reload");
}

static void on_peer(struct loop_watch *watch, uint32_t events)
{
    struct control_peer *peer = of_watch(watch);

    if (peer->answer.len)
        send_rest(peer);
    else if (peer->reloads || !(events & EPOLLIN))
        close_peer(peer); /* it has gone */
    else
        read_line(peer);
}

/* Too slow to ask or to listen. */
static void on_exchange(struct loop_delay *delay, struct loop_timer *timer)
{
    (void)delay;
    close_peer(of_timer(timer));
}

static void on_load(struct loop_delay *delay, struct loop_timer *timer)
{
    (void)delay;
    of_timer(timer)->reloads = false;
    refuse(of_timer(timer), "the policies are still being loaded; ask for the status later");
}

static struct control_peer *find_free(struct control *control)
{
    for (size_t i = 0; i < CONTROL_PEERS_MAX; i++) {
        if (control->peers[i].watch.fd < 0)
            return &control->peers[i];
    }
    return NULL;
}

static void take(struct control *control, struct control_peer *peer, int fd)
{
    struct err err;

    *peer = (struct control_peer){.control = control, .watch = {.fd = fd, .ready = on_peer}};
    buffer_init(&peer->answer, ANSWER_MAX_BYTES);
    if (loop_watch(control->loop, &peer->watch, EPOLLIN, &err) < 0) {
        fd_close(&peer->watch.fd);
        return;
    }
    loop_timer_start(control->loop, &control->exchange, &peer->timer);
}

static void on_connect(struct loop_watch *watch, uint32_t events)
{
    struct control *control = (struct control *)((char *)watch - offsetof(struct control, watch));
    struct control_peer *peer = find_free(control);
    int fd = peer ? accept4(control->sock.fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC) : -1;

    (void)events;
    if (fd >= 0) {
        take(control, peer, fd);
    } else if (!peer || (errno != EAGAIN && errno != EINTR && errno != ECONNABORTED)) {
        /* Who waits goes on waiting; to be told so again and again would keep the loop busy. */
        loop_rewatch(control->loop, watch, 0);
        loop_timer_start(control->loop, &control->pause, &control->pause_timer);
    }
}

static void on_pause(struct loop_delay *delay, struct loop_timer *timer)
{
    struct control *control = (struct control *)((char *)delay - offsetof(struct control, pause));

    (void)timer;
    loop_rewatch(control->loop, &control->watch, EPOLLIN);
}

int control_start(struct control *ret, struct loop *loop, const char *path,
                  const struct control_plan *plan, struct err *err)
{
    *ret = (struct control){.loop = loop, .plan = *plan, .sock = {.fd = -1, .lock_fd = -1}};
    for (size_t i = 0; i < CONTROL_PEERS_MAX; i++)
        ret->peers[i].watch.fd = -1;
    if (!*path)
        return 0;
    if (socket_bind(path, &ret->sock, err) < 0)
        return err_prefix(err, "control");
    loop_delay_init(loop, &ret->exchange, EXCHANGE_US, on_exchange);
    loop_delay_init(loop, &ret->load, LOAD_US, on_load);
    loop_delay_init(loop, &ret->pause, PAUSE_US, on_pause);
    ret->watch = (struct loop_watch){.fd = ret->sock.fd, .ready = on_connect};
    return loop_watch(loop, &ret->watch, EPOLLIN, err);
}

static void tell(struct control_peer *peer)
{
    const struct overview *overview = peer->control->plan.overview;
    const struct metrics_reload *reload = &overview->metrics->reload;
    const struct generation *current = overview_current(overview);
    struct buffer *answer = &peer->answer;

    peer->reloads = false;
    if (reload->last_failed) {
        refuse(peer, reload->last_why);
        return;
    }
    (void)buffer_printf(answer, "{\"ok\":true,\"generation\":%llu,\"hash\":",
                        (unsigned long long)(current ? current->number : 0));
    (void)buffer_json(answer, str_from(current ? current->hash : ""));
    (void)buffer_append(answer, "}", 1);
    finish(peer);
}

void control_reloaded(struct control *control)
{
    for (size_t i = 0; control->loop && i < CONTROL_PEERS_MAX; i++) {
        if (control->peers[i].watch.fd >= 0 && control->peers[i].reloads)
            tell(&control->peers[i]);
    }
}

void control_stop(struct control *control)
{
    if (!control->loop)
        return;
    for (size_t i = 0; i < CONTROL_PEERS_MAX; i++) {
        if (control->peers[i].watch.fd >= 0)
            close_peer(&control->peers[i]);
    }
    loop_timer_stop(&control->pause_timer);
    if (control->sock.fd >= 0)
        loop_unwatch(control->loop, &control->watch);
    socket_close(&control->sock);
    *control = (struct control){0};
}
