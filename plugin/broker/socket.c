#include "broker/socket.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/fd.h"

enum {
    BACKLOG = 4096,
    FIRST_LISTEN_FD = 3, /* SD_LISTEN_FDS_START */
};

#define HIDDEN ".new"

static bool number_is(const char *text, long number)
{
    char *end;

    return text && *text && strtol(text, &end, 10) == number && !*end;
}

static int option_of(int fd, int option)
{
    int value = -1;
    socklen_t size = sizeof value;

    return getsockopt(fd, SOL_SOCKET, option, &value, &size) < 0 ? -1 : value;
}

/* Returns whether a service manager has given us a socket. */
static bool adoptable(void)
{
    return number_is(getenv("LISTEN_PID"), getpid()) && getenv("LISTEN_FDS") &&
           !number_is(getenv("LISTEN_FDS"), 0);
}

static int adopt(struct socket *ret, struct err *err)
{
    int fd = FIRST_LISTEN_FD;

    if (!number_is(getenv("LISTEN_FDS"), 1))
        return err_set(err, ERR_INVALID, "LISTEN_FDS: got %.20s sockets, expected 1",
                       getenv("LISTEN_FDS"));
    if (option_of(fd, SO_DOMAIN) != AF_UNIX || option_of(fd, SO_TYPE) != SOCK_STREAM ||
        option_of(fd, SO_ACCEPTCONN) != 1)
        return err_set(err, ERR_INVALID,
                       "LISTEN_FDS: descriptor %d is not a listening Unix stream socket", fd);
    if (fcntl(fd, F_SETFD, FD_CLOEXEC) < 0 ||
        fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK) < 0)
        return err_set(err, ERR_SYSTEM, "LISTEN_FDS: %s", strerror(errno));
    *ret = (struct socket){.fd = fd, .adopted = true, .lock_fd = -1};
    return 0;
}

/* Make the directories above path that are not there. */
static int make_parents(const char *path, struct err *err)
{
    char parent[PATH_MAX];
    mode_t mask = umask(022);
    int status = 0;

    (void)snprintf(parent, sizeof parent, "%s", path);
    for (char *slash = strchr(parent + 1, '/'); slash && status == 0;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(parent, 0755) < 0 && errno != EEXIST)
            status = err_set(err, ERR_SYSTEM, "cannot make the directory %s: %s", parent,
                             strerror(errno));
        *slash = '/';
    }
    (void)umask(mask);
    return status;
}

static int take_lock(const char *path, int *ret_fd, struct err *err)
{
    char name[PATH_MAX];
    CLEANUP(fd_close) int fd = -1;

    (void)snprintf(name, sizeof name, "%s.lock", path);
    fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return err_set(err, ERR_SYSTEM, "cannot open the lock file %s: %s", name, strerror(errno));
    if (flock(fd, LOCK_EX | LOCK_NB) < 0)
        return errno == EWOULDBLOCK
                   ? err_set(err, ERR_LIMIT, "already running: another instance holds %s", name)
                   : err_set(err, ERR_SYSTEM, "cannot lock %s: %s", name, strerror(errno));
    *ret_fd = fd_take(&fd);
    return 0;
}

/* Only a socket that nobody listens on may be replaced. */
static int check_stale(const struct sockaddr_un *address, struct err *err)
{
    CLEANUP(fd_close) int fd = -1;
    struct stat status;

    if (lstat(address->sun_path, &status) < 0)
        return errno == ENOENT ? 0
                               : err_set(err, ERR_SYSTEM, "cannot look at %s: %s",
                                         address->sun_path, strerror(errno));
    if (!S_ISSOCK(status.st_mode))
        return err_set(err, ERR_INVALID, "%s is there and not a socket; it is left alone",
                       address->sun_path);
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return err_set(err, ERR_SYSTEM, "cannot make a socket: %s", strerror(errno));
    if (connect(fd, (const struct sockaddr *)address, sizeof *address) == 0 || errno == EAGAIN)
        return err_set(err, ERR_LIMIT, "already running: somebody answers on %s",
                       address->sun_path);
    if (errno != ECONNREFUSED)
        return err_set(err, ERR_SYSTEM, "cannot tell whether %s is in use: %s", address->sun_path,
                       strerror(errno));
    return 0;
}

static int bind_private(int fd, const struct sockaddr_un *address)
{
    mode_t mask = umask(0177);
    int status = bind(fd, (const struct sockaddr *)address, sizeof *address);

    (void)umask(mask);
    return status;
}

/* Whoever finds the socket can connect: it gets its name once it listens. The lock file's holder
 * alone uses the name that it has before. */
static int listen_at(const char *path, struct socket *sock, struct err *err)
{
    CLEANUP(fd_close) int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    struct sockaddr_un hidden = {.sun_family = AF_UNIX};
    struct stat status;

    (void)snprintf(hidden.sun_path, sizeof hidden.sun_path, "%s" HIDDEN, path);
    if (lstat(hidden.sun_path, &status) == 0 && S_ISSOCK(status.st_mode))
        (void)unlink(hidden.sun_path); /* of an instance that was killed */
    if (fd < 0 || bind_private(fd, &hidden) < 0)
        return err_set(err, ERR_SYSTEM, "cannot bind %s: %s", hidden.sun_path, strerror(errno));
    if (listen(fd, BACKLOG) < 0 || lstat(hidden.sun_path, &status) < 0 ||
        rename(hidden.sun_path, path) < 0) {
        err_set(err, ERR_SYSTEM, "cannot listen on %s: %s", path, strerror(errno));
        (void)unlink(hidden.sun_path);
        return -1;
    }
    sock->dev = status.st_dev;
    sock->ino = status.st_ino;
    sock->fd = fd_take(&fd);
    return 0;
}

int socket_bind(const char *path, struct socket *ret, struct err *err)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct socket sock = {.fd = -1, .lock_fd = -1};

    if (strlen(path) + strlen(HIDDEN) >= sizeof address.sun_path)
        return err_set(err, ERR_INVALID, "socket: a path of %zu bytes, expected at most %zu",
                       strlen(path), sizeof address.sun_path - sizeof HIDDEN);
    memcpy(address.sun_path, path, strlen(path));
    sock.path = strdup(path);
    if (!sock.path)
        return err_set(err, ERR_NOMEM, "socket: out of memory");
    if (make_parents(path, err) < 0 || take_lock(path, &sock.lock_fd, err) < 0 ||
        check_stale(&address, err) < 0 || listen_at(path, &sock, err) < 0) {
        socket_close(&sock);
        return -1;
    }
    *ret = sock;
    return 0;
}

int socket_open(const char *path, struct socket *ret, struct err *err)
{
    return adoptable() ? adopt(ret, err) : socket_bind(path, ret, err);
}

void socket_unlink(struct socket *sock)
{
    struct stat status;

    if (sock->path && sock->fd >= 0 && lstat(sock->path, &status) == 0 &&
        status.st_dev == sock->dev && status.st_ino == sock->ino)
        (void)unlink(sock->path);
}

void socket_close(struct socket *sock)
{
    socket_unlink(sock);
    fd_close(&sock->fd);
    fd_close(&sock->lock_fd);
    free(sock->path);
    sock->path = NULL;
}
