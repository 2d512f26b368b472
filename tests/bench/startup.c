#include "startup.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "answer.h"
#include "tool.h"

enum { ANSWER_WITHIN_S = 30, END_WITHIN_MS = 2000, DIAL_EVERY_US = 50 };

static pid_t start(char **command)
{
    pid_t pid = fork();

    if (pid < 0)
        tool_die(1, "fork failed");
    if (pid == 0) {
        int null = open("/dev/null", O_RDWR | O_CLOEXEC);

        (void)dup2(null, STDIN_FILENO);
        (void)dup2(null, STDOUT_FILENO);
        (void)execvp(command[0], command);
        (void)fprintf(stderr, "authzload: cannot start %s\n", command[0]);
        _exit(127);
    }
    return pid;
}

static void end(pid_t pid)
{
    (void)kill(pid, SIGTERM);
    for (int waited_ms = 0; waited_ms < END_WITHIN_MS; waited_ms++) {
        if (waitpid(pid, NULL, WNOHANG) == pid)
            return;
        (void)usleep(1000);
    }
    (void)kill(pid, SIGKILL);
    (void)waitpid(pid, NULL, 0);
}

/* Ask once; true when the answer is yes: a plugin that is not ready may well say no. */
static bool ask(struct connection *connection)
{
    struct load *load = connection->load;
    const struct message *message = load->corpus.messages;

    connection->fd = connection_dial(load->socket_path);
    if (connection->fd < 0) {
        (void)usleep(DIAL_EVERY_US);
        return false;
    }
    load->corpus.next = 0;
    load->recording = true;
    (void)connection_begin(connection);
    connection_send(connection, 0);
    while (connection_receive(connection, 0) != CONNECTION_DONE)
        continue;
    if (connection->fd >= 0)
        (void)close(connection->fd);
    return message->allowed > 0;
}

static bool answers_in_time(struct load *load, uint64_t start_ns)
{
    struct connection connection = {.load = load, .fd = -1};

    load->corpus.messages->allowed = 0;
    while (tool_now_ns() - start_ns < ANSWER_WITHIN_S * 1000000000ULL)
        if (ask(&connection))
            return true;
    return false;
}

int startup_measure(struct load *load, int runs, char **command)
{
    struct histogram times = {0};

    for (int i = 0; i < runs; i++) {
        uint64_t start_ns;
        pid_t pid;
        bool answered;

        (void)unlink(load->socket_path);
        start_ns = tool_now_ns();
        pid = start(command);
        answered = answers_in_time(load, start_ns);
        histogram_add(&times, tool_now_ns() - start_ns);
        end(pid);
        if (!answered) {
            (void)fprintf(stderr, "authzload: nothing allowed within %d s\n", ANSWER_WITHIN_S);
            return 1;
        }
    }
    (void)printf("startup runs=%d min_ms=%.2f p50_ms=%.2f max_ms=%.2f\n", runs,
                 (double)times.min / 1e6, (double)histogram_part(&times, 0.5) / 1e6,
                 (double)times.max / 1e6);
    return 0;
}
