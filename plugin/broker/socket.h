#ifndef BROKER_SOCKET_H
#define BROKER_SOCKET_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/cleanup.h"
#include "base/err.h"

/* A listening Unix socket: the one that the engine calls, and others beside it. */
struct socket {
    int fd;       /* owned, or -1; listening, non-blocking */
    bool adopted; /* given by a service manager, which keeps it */
    int lock_fd;  /* owned, or -1: held for life, so that two instances never share a path */
    char *path;   /* owned; NULL when adopted */
    dev_t dev;    /* of the socket's file, to know it again */
    ino_t ino;
};

/* Adopt the socket of LISTEN_FDS (sd_listen_fds(3)), or bind path: 0600, its directory made when it
 * is not there, a file that nobody listens on any more taken away first.
 * Errors: ERR_INVALID for a path that cannot be one, ERR_LIMIT when another instance runs there,
 * ERR_SYSTEM. */
MUST_CHECK int socket_open(const char *path, struct socket *ret, struct err *err);
/* Bind path, whatever a service manager gives. */
MUST_CHECK int socket_bind(const char *path, struct socket *ret, struct err *err);

/* Take away the socket's file, if it is still ours: no new caller finds it, those who wait to be
 * accepted still are. */
void socket_unlink(struct socket *sock);
void socket_close(struct socket *sock);

#endif
