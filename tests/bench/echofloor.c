/* echofloor SOCKET: the floor under every authorization plugin: reads whole HTTP requests and
 * answers "allow" without a look at them, from one thread. */

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/str.h"
#include "tool.h"

enum { REQUEST_BYTES = 65536, BACKLOG = 512 };

struct client {
    int fd;      /* owned */
    char *bytes; /* owned */
    size_t cap;
    size_t got;
    size_t wanted; /* bytes of the whole request; 0 as long as its header is not whole */
};

static int listen_at(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    if (strlen(path) >= sizeof address.sun_path)
        tool_die(2, "%s: too long for a socket", path);
    memcpy(address.sun_path, path, strlen(path) + 1);
    (void)unlink(path);
    (void)umask(0177);
    if (bind(fd, (const struct sockaddr *)&address, sizeof address) < 0 || listen(fd, BACKLOG) < 0)
        tool_die(1, "%s: %s", path, strerror(errno));
    return fd;
}

static void watch(int epoll, int fd, void *data)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = data};

    if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) < 0)
        tool_die(1, "epoll_ctl: %s", strerror(errno));
}

static void take_client(int listener, int epoll)
{
    struct client *client;
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

    if (fd < 0)
        return;
    client = tool_resize(NULL, sizeof *client);
    *client = (struct client){.fd = fd, .cap = REQUEST_BYTES};
    client->bytes = tool_resize(NULL, client->cap);
    watch(epoll, fd, client);
}

static void drop(struct client *client)
{
    (void)close(client->fd);
    free(client->bytes);
    free(client);
}

static void measure_request(struct client *client)
{
    static const char length[] = "Content-Length:";
    const char *blank = memmem(client->bytes, client->got, "\r\n\r\n", 4);
    const char *field;

    if (!blank)
        return;
    client->wanted = (size_t)(blank - client->bytes) + 4;
    field = memmem(client->bytes, client->wanted, length, sizeof length - 1);
    if (field)
        client->wanted += strtoul(field + sizeof length - 1, NULL, 10);
    if (client->wanted > client->cap) {
        client->cap = client->wanted;
        client->bytes = tool_resize(client->bytes, client->cap);
    }
}

static void answer(const struct client *client)
{
    const struct str verdict = STR("HTTP/1.1 200 OK\r\n"
                                   "Content-Type: application/vnd.docker.plugins.v1.1+json\r\n"
                                   "Content-Length: 14\r\n\r\n{\"Allow\":true}");
    const struct str activation = STR("HTTP/1.1 200 OK\r\n"
                                      "Content-Type: application/vnd.docker.plugins.v1.1+json\r\n"
                                      "Content-Length: 24\r\n\r\n{\"Implements\":[\"authz\"]}");
    struct str request = {client->bytes, client->got};
    struct str text = str_starts(request, STR("POST /Plugin")) ? activation : verdict;

    (void)send(client->fd, text.ptr, text.len, MSG_NOSIGNAL);
}

static void serve(struct client *client)
{
    ssize_t got = recv(client->fd, client->bytes + client->got, client->cap - client->got, 0);

    if (got <= 0) {
        if (got == 0 || errno != EAGAIN)
            drop(client);
        return;
    }
    client->got += (size_t)got;
    if (client->wanted == 0)
        measure_request(client);
    if (client->wanted == 0 || client->got < client->wanted)
        return;
    answer(client);
    client->got = 0;
    client->wanted = 0;
}

int main(int argc, char **argv)
{
    enum { EVENTS = 128 };
    struct epoll_event events[EVENTS];
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    int listener;

    if (argc != 2)
        tool_die(2, "usage: echofloor SOCKET");
    listener = listen_at(argv[1]);
    watch(epoll, listener, NULL);
    for (;;) {
        int count = epoll_wait(epoll, events, EVENTS, -1);

        for (int i = 0; i < count; i++) {
            if (events[i].data.ptr)
                serve(events[i].data.ptr);
            else
                take_client(listener, epoll);
        }
    }
}
