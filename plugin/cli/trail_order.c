#include "cli/trail_order.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/trail.h"

struct begun {
    char *file;
    char since[TRAIL_TIME_BYTES];
};

static bool read_begin(struct begun *begun)
{
    CLEANUP(fd_close) int fd = open(begun->file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    char head[256]; /* longer than what each record begins with */
    struct stat status;
    struct str time;
    struct str prev;
    ssize_t n;

    if (fd < 0 || fstat(fd, &status) < 0 || !S_ISREG(status.st_mode))
        return false;
    n = pread(fd, head, sizeof head, 0);
    if (n <= 0 || !trail_read((struct str){head, (size_t)n}, &time, &prev))
        return false;
    memcpy(begun->since, time.ptr, sizeof begun->since);
    return true;
}

static int by_time(const void *a, const void *b)
{
    const struct begun *first = a;
    const struct begun *second = b;

    return memcmp(first->since, second->since, sizeof first->since);
}

void trail_order(char **files, size_t count)
{
    struct begun *begun = calloc(count, sizeof *begun);
    size_t known = 0;

    while (begun && known < count) {
        begun[known].file = files[known];
        if (!read_begin(&begun[known]))
            break;
        known++;
    }
    if (known == count && count > 0) {
        qsort(begun, count, sizeof *begun, by_time);
        for (size_t i = 0; i < count; i++)
            files[i] = begun[i].file;
    }
    free(begun);
}
