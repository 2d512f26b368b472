#include "cli/ask.h"

#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#include "base/fd.h"

enum { ANSWER_MAX_BYTES = 1024 * 1024, READ_BYTES = 4096 };

/* An engine mounts the folder of a plugin's socket from here, whatever its --exec-root. */
#define MANAGED "/run/docker/plugins/*/lua-authz.d/control"

static int connect_to(const char *path, int *ret_fd, struct err *err)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    CLEANUP(fd_close) int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (strlen(path) >= sizeof address.sun_path)
        return err_set(err, ERR_INVALID, "%s: too long for the path of a socket", path);
    memcpy(address.sun_path, path, strlen(path));
    if (fd < 0 || connect(fd, (const struct sockaddr *)&address, sizeof address) < 0)
        return err_set(err, ERR_SYSTEM, "cannot ask the daemon at %s: %s%s", path, strerror(errno),
                       errno == EACCES ? "; only root may" : "");
    *ret_fd = fd_take(&fd);
    return 0;
}

/* The one managed plugin whose daemon answers; none leaves err as it is. */
static int connect_managed(int *ret_fd, struct err *err)
{
    size_t found = 0;
    struct err other;
    glob_t paths;

    if (glob(MANAGED, 0, NULL, &paths) != 0)
        return -1;
    for (size_t i = 0; i < paths.gl_pathc; i++) {
        int fd = -1;

        if (connect_to(paths.gl_pathv[i], &fd, &other) < 0)
            continue;
        if (found++ == 0)
            *ret_fd = fd;
        else
            (void)close(fd);
    }
    globfree(&paths);
    if (found > 1) {
        fd_close(ret_fd);
        return err_set(err, ERR_INVALID,
                       "more than one managed plugin runs here: name the socket of one by "
                       "--control, of " MANAGED);
    }
    return found == 1 ? 0 : -1;
}

static int find_daemon(const struct settings *settings, int *ret_fd, struct err *err)
{
    char path[SETTINGS_CONTROL_BYTES];

    settings_control(settings, path);
    if (!path[0])
        return err_set(err, ERR_INVALID, "the control socket is off: name one by --control");
    if (connect_to(path, ret_fd, err) == 0)
        return 0;
    return settings->control[0] ? -1 : connect_managed(ret_fd, err);
}

static int exchange(int fd, const char *request, unsigned int patience_s, struct buffer *text,
                    struct err *err)
{
    const struct timeval patience = {.tv_sec = (time_t)patience_s};
    struct str line = str_from(request);
    ssize_t n;

    if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) < 0 ||
        send(fd, line.ptr, line.len, MSG_NOSIGNAL) != (ssize_t)line.len)
        return err_set(err, ERR_SYSTEM, "cannot ask the daemon: %s", strerror(errno));
    do {
        if (buffer_reserve(text, READ_BYTES) < 0)
            return err_set(err, ERR_LIMIT, "the daemon's answer is too long");
        n = recv(fd, text->data + text->len, READ_BYTES, 0);
        text->len += n > 0 ? (size_t)n : 0;
    } while (n > 0);
    if (n < 0)
        return err_set(err, ERR_SYSTEM, "the daemon does not answer: %s", strerror(errno));
    if (!str_ends(buffer_view(text), STR("\n")))
        return err_set(err, ERR_INVALID, "the daemon closed the connection without an answer");
    text->len--;
    return 0;
}

int ask(const struct settings *settings, const char *request, unsigned int patience_s,
        struct answer *ret, struct err *err)
{
    struct answer answer = {0};
    CLEANUP(fd_close) int fd = -1;

    buffer_init(&answer.text, ANSWER_MAX_BYTES);
    if (find_daemon(settings, &fd, err) < 0 ||
        exchange(fd, request, patience_s, &answer.text, err) < 0 ||
        document_parse(buffer_view(&answer.text), &answer.document, err) < 0) {
        ask_done(&answer);
        return -1;
    }
    *ret = answer;
    return 0;
}

void ask_done(struct answer *answer)
{
    document_free(answer->document);
    buffer_done(&answer->text);
}
