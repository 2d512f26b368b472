#include "connection.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "answer.h"
#include "tool.h"

int connection_dial(const char *socket_path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd;

    if (strlen(socket_path) >= sizeof address.sun_path)
        tool_die(2, "%s: too long for a socket", socket_path);
    memcpy(address.sun_path, socket_path, strlen(socket_path) + 1);
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (const struct sockaddr *)&address, sizeof address) < 0) {
        int error = errno;

        (void)close(fd);
        errno = error;
        return -1;
    }
    return fd;
}

bool connection_begin(struct connection *connection)
{
    bool fresh = connection->fd < 0;

    connection->message = corpus_next(&connection->load->corpus);
    connection->sent = 0;
    connection->got = 0;
    connection->start_ns = tool_now_ns();
    if (fresh)
        connection->fd = connection_dial(connection->load->socket_path);
    if (connection->fd < 0)
        tool_die(1, "%s: %s", connection->load->socket_path, strerror(errno));
    return fresh;
}

void connection_send(struct connection *connection, int flags)
{
    const struct message *message = connection->message;

    while (connection->sent < message->len) {
        ssize_t sent = send(connection->fd, message->bytes + connection->sent,
                            message->len - connection->sent, flags | MSG_NOSIGNAL);

        if (sent <= 0)
            return;
        connection->sent += (size_t)sent;
    }
}

static void record(struct load *load, struct message *message, struct str answer, uint64_t ns)
{
    enum answer_kind kind = answer_kind(answer, load->form.api_calls);

    message->allowed += kind == ANSWER_ALLOWED;
    message->denied += kind == ANSWER_DENIED;
    message->broken += kind == ANSWER_BROKEN;
    message->count++;
    message->sum_ns += ns;
    histogram_add(&load->latency, ns);
}

static void finish(struct connection *connection, struct str answer, bool whole, bool end)
{
    struct load *load = connection->load;
    bool closes = end || !whole || load->form.close || answer_closes(answer);

    if (!whole)
        load->failures++;
    else if (load->recording)
        record(load, connection->message, answer, tool_now_ns() - connection->start_ns);
    if (!closes)
        return;
    if (!load->form.close)
        load->reconnects++;
    (void)close(connection->fd);
    connection->fd = -1;
}

enum connection_state connection_receive(struct connection *connection, int flags)
{
    bool head = connection->message->bytes[0] == 'H';
    struct str answer;
    bool end;
    long length;
    ssize_t got = recv(connection->fd, connection->answer + connection->got,
                       sizeof connection->answer - connection->got, flags);

    if (got < 0 && errno == EAGAIN)
        return CONNECTION_WAITS;
    end = got <= 0;
    if (got > 0)
        connection->got += (size_t)got;
    answer = (struct str){connection->answer, connection->got};
    length = answer_length(answer, end, head);
    if (length == 0)
        return CONNECTION_MORE;
    finish(connection, answer, length > 0, end);
    return CONNECTION_DONE;
}
