#include "broker/audit_rotate.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/log.h"
#include "base/utc.h"

int audit_rotate_away(const char *path, struct err *err)
{
    char name[PATH_MAX + 64];
    char stamp[32];
    struct timespec now;
    struct tm utc;

    (void)clock_gettime(CLOCK_REALTIME, &now);
    (void)gmtime_r(&now.tv_sec, &utc);
    (void)strftime(stamp, sizeof stamp, "%Y%m%dT%H%M%S", &utc);
    (void)snprintf(name, sizeof name, "%s.%s.%06ldZ", path, stamp, now.tv_nsec / 1000);
    /* Never over a file that is there: a clock may be set back. */
    if (renameat2(AT_FDCWD, path, AT_FDCWD, name, RENAME_NOREPLACE) < 0)
        return err_set(err, ERR_SYSTEM, "audit: cannot move %s to %s: %s", path, name,
                       strerror(errno));
    return 0;
}

void audit_rotate_prune(const char *path, uint64_t keep)
{
    glob_t files = {0};

    if (keep && trail_find_moved(path, &files)) {
        for (size_t i = 0; i + keep < files.gl_pathc; i++) {
            if (unlink(files.gl_pathv[i]) < 0)
                log_event(LOG_LEVEL_WARN, "audit.prune", LOG_TEXT("file", files.gl_pathv[i]),
                          LOG_TEXT("why", strerror(errno)));
        }
    }
    globfree(&files);
}

int audit_rotate_last(const char *path, struct trail_end *ret, struct err *err)
{
    CLEANUP(globfree) glob_t files = {0};
    CLEANUP(fd_close) int fd = -1;
    const char *last;

    if (!trail_find_moved(path, &files) || files.gl_pathc == 0)
        return 0;
    last = files.gl_pathv[files.gl_pathc - 1];
    fd = open(last, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return err_set(err, ERR_SYSTEM, "audit: cannot open %s: %s", last, strerror(errno));
    return trail_find_end(fd, ret, err);
}

time_t audit_rotate_born(int fd)
{
    char line[sizeof TRAIL_HEAD - 1 + TRAIL_TIME_BYTES];
    ssize_t n = pread(fd, line, sizeof line, 0);
    struct str head = {line, n > 0 ? (size_t)n : 0};
    int64_t born_s;

    if (str_starts(head, STR(TRAIL_HEAD)) &&
        utc_read(str_skip(head, sizeof TRAIL_HEAD - 1), &born_s))
        return born_s;
    return utc_now();
}
