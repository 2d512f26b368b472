#ifndef BASE_FD_H
#define BASE_FD_H

#include <unistd.h>

/* For CLEANUP(): close the descriptor unless it is negative, and leave -1 behind. */
static inline void fd_close(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
    *fd = -1;
}

/* The descriptor, leaving -1 behind: ownership moves to whoever takes it. */
static inline int fd_take(int *fd)
{
    int taken = *fd;

    *fd = -1;
    return taken;
}

#endif
