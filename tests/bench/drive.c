#include "drive.h"

#include <stdio.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "process.h"
#include "tool.h"

/* When to start recording, and when to end. */
struct span {
    const struct drive_plan *plan;
    uint64_t record_ns;
    uint64_t end_ns;
    uint64_t recorded_from_ns;
    double cpu_before;
};

static double server_cpu(const struct drive_plan *plan)
{
    struct process_tree tree;

    process_tree_find(&tree, plan->server);
    return process_tree_cpu_seconds(&tree);
}

static void span_begin(struct span *span, const struct drive_plan *plan)
{
    uint64_t now = tool_now_ns();

    *span = (struct span){.plan = plan, .recorded_from_ns = now};
    span->record_ns = now + (uint64_t)(plan->warm_up_seconds * 1e9);
    span->end_ns = span->record_ns + (uint64_t)(plan->seconds * 1e9);
}

/* False when the time is over. */
static bool span_lasts(struct span *span, struct load *load)
{
    uint64_t now = tool_now_ns();

    if (!load->recording && now >= span->record_ns) {
        span->cpu_before = server_cpu(span->plan);
        span->recorded_from_ns = tool_now_ns();
        load->recording = true;
    }
    return now < span->end_ns;
}

static void span_end(const struct span *span, struct drive_result *ret)
{
    ret->seconds = (double)(tool_now_ns() - span->recorded_from_ns) / 1e9;
    ret->server_cpu_seconds = server_cpu(span->plan) - span->cpu_before;
}

static struct connection *open_connections(struct load *load, int count)
{
    struct connection *all = tool_resize(NULL, (size_t)count * sizeof *all);

    for (int i = 0; i < count; i++) {
        all[i].load = load;
        all[i].fd = -1;
    }
    return all;
}

/* One message in blocking calls: nothing of an event loop is in the time it takes. */
static void exchange(struct connection *connection)
{
    (void)connection_begin(connection);
    connection_send(connection, 0);
    while (connection_receive(connection, 0) != CONNECTION_DONE)
        continue;
}

static void begin_and_watch(struct connection *connection, int epoll)
{
    /* Edges, so that nothing is to be changed between sending and receiving. */
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = connection};

    if (connection_begin(connection) && epoll_ctl(epoll, EPOLL_CTL_ADD, connection->fd, &event) < 0)
        tool_die(1, "epoll_ctl failed");
    connection_send(connection, MSG_DONTWAIT);
}

static void advance(struct connection *connection, int epoll)
{
    enum connection_state state = CONNECTION_MORE;

    connection_send(connection, MSG_DONTWAIT);
    while (state == CONNECTION_MORE)
        state = connection_receive(connection, MSG_DONTWAIT);
    /* Its answer wakes us again. */
    if (state == CONNECTION_DONE)
        begin_and_watch(connection, epoll);
}

static void run_many(struct connection *all, struct span *span, struct load *load)
{
    enum { EVENTS = 256, WAIT_MS = 100 };
    struct epoll_event events[EVENTS];
    int epoll = epoll_create1(EPOLL_CLOEXEC);

    if (epoll < 0)
        tool_die(1, "epoll_create1 failed");
    for (int i = 0; i < span->plan->connections; i++)
        begin_and_watch(&all[i], epoll);
    while (span_lasts(span, load)) {
        int count = epoll_wait(epoll, events, EVENTS, WAIT_MS);

        for (int i = 0; i < count; i++)
            advance(events[i].data.ptr, epoll);
    }
}

void drive_run(struct load *load, const struct drive_plan *plan, struct drive_result *ret)
{
    struct connection *all = open_connections(load, plan->connections);
    struct span span;

    span_begin(&span, plan);
    if (plan->connections > 1)
        run_many(all, &span, load);
    else
        while (span_lasts(&span, load))
            exchange(all);
    span_end(&span, ret);
}

void drive_once(struct load *load)
{
    struct connection *connection = open_connections(load, 1);

    load->recording = true;
    for (size_t i = 0; i < load->corpus.count; i++) {
        const struct message *message = &load->corpus.messages[i];
        const char *answer = "broken";

        exchange(connection);
        if (message->allowed)
            answer = "allow";
        else if (message->denied)
            answer = "deny";
        (void)printf("%-6s %s\n", answer, message->name);
    }
}
