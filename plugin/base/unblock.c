#include "base/unblock.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/fd.h"

/* The flag is one of the open file, which others may have too: so open it anew. */
static int open_anew(int fd)
{
    char path[32];

    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    return open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
}

void unblock(int fd)
{
    CLEANUP(fd_close) int own = -1;
    struct stat status;
    int flags;

    if (fstat(fd, &status) < 0 || S_ISREG(status.st_mode))
        return;
    own = open_anew(fd);
    if (own >= 0 && dup2(own, fd) == fd)
        return;
    /* A socket, or another user's. */
    flags = fcntl(fd, F_GETFL);
    if (flags >= 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0)
        return; /* it may wait, then */
}
