/* A disk that tells how often it was synced, and that breaks when it is told to: by the files
 * "synced" and "broken" beside the one that is synced. */

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/fd.h"

int __real_fdatasync(int fd);
int __wrap_fdatasync(int fd);

/* The file of that name beside fd's. */
static int open_beside(int fd, const char *name)
{
    char link[32];
    char path[PATH_MAX];
    char *slash;
    ssize_t n;

    (void)snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    n = readlink(link, path, sizeof path - 1 - strlen(name));
    if (n < 0)
        return -1;
    path[n] = '\0';
    slash = strrchr(path, '/');
    if (!slash)
        return -1;
    memcpy(slash + 1, name, strlen(name) + 1);
    return open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
}

int __wrap_fdatasync(int fd)
{
    CLEANUP(fd_close) int broken = open_beside(fd, "broken");
    CLEANUP(fd_close) int synced = open_beside(fd, "synced");

    if (broken >= 0) {
        errno = EIO;
        return -1;
    }
    if (synced >= 0 && write(synced, "x", 1) < 0)
        return -1;
    return __real_fdatasync(fd);
}
