#include "broker/audit_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/trail.h"
#include "broker/audit_rotate.h"

enum {
    RESERVE_BYTES = 1024 * 1024,
    /* Below this the file counts as failing; so much is left for records of the failure. */
    RESERVE_LOW_BYTES = RESERVE_BYTES / 2,
};

static const off_t size_unlimited = INT64_MAX;

static int open_path(const char *path, struct audit_file *ret, struct err *err)
{
    CLEANUP(fd_close) int fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
    struct stat status;

    if (fd < 0 || fstat(fd, &status) < 0)
        return err_set(err, ERR_SYSTEM, "audit: cannot open %s: %s", path, strerror(errno));
    ret->is_regular = S_ISREG(status.st_mode);
    ret->size = status.st_size;
    ret->reserved = 0;
    ret->is_torn = false;
    ret->born_s = audit_rotate_born(fd);
    ret->fd = fd_take(&fd);
    return 0;
}

static int take_end(struct audit_file *file, off_t *ret_torn, struct err *err)
{
    struct trail_end end;

    if (trail_find_end(file->fd, &end, err) < 0)
        return -1;
    if (end.torn && ftruncate(file->fd, file->size - end.torn) < 0)
        return err_set(err, ERR_SYSTEM, "audit: cannot take half a line off %s: %s",
                       file->plan.path, strerror(errno));
    file->size -= end.torn;
    *ret_torn = end.torn;
    if (end.empty && audit_rotate_last(file->plan.path, &end, err) < 0)
        return -1;
    memcpy(file->prev, end.hash, sizeof file->prev);
    return 0;
}

int audit_file_open(const struct audit_file_plan *plan, struct audit_file *ret, off_t *ret_torn,
                    struct err *err)
{
    struct audit_file file = {.plan = *plan, .fd = -1, .prev = TRAIL_ORIGIN};

    *ret_torn = 0;
    if (open_path(plan->path, &file, err) < 0)
        return -1;
    if (file.is_regular && take_end(&file, ret_torn, err) < 0) {
        fd_close(&file.fd);
        return -1;
    }
    *ret = file;
    return 0;
}

/* Give back what was allocated ahead. */
static void trim(const struct audit_file *file)
{
    if (file->is_regular && file->reserved && ftruncate(file->fd, file->size) < 0)
        errno = 0; /* it only takes up space */
}

void audit_file_close(struct audit_file *file)
{
    if (file->fd >= 0)
        trim(file);
    fd_close(&file->fd);
}

int audit_file_reopen(struct audit_file *file, struct err *err)
{
    struct audit_file fresh = *file;

    if (open_path(file->plan.path, &fresh, err) < 0)
        return -1;
    audit_file_close(file);
    *file = fresh;
    return 0;
}

/* RLIMIT_FSIZE: how far a file may reach. */
static off_t size_limit(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_FSIZE, &limit) < 0 || limit.rlim_cur > (rlim_t)size_unlimited)
        return size_unlimited;
    return (off_t)limit.rlim_cur;
}

int audit_file_ready(struct audit_file *file, struct err *err)
{
    off_t limit;
    off_t reserved;

    if (!file->is_regular || file->size + RESERVE_LOW_BYTES <= file->reserved)
        return 0;
    limit = size_limit();
    if (file->size + RESERVE_LOW_BYTES > limit)
        return err_set(err, ERR_SYSTEM, "%s has almost reached the limit of a file's size",
                       file->plan.path);
    reserved = file->size + RESERVE_BYTES < limit ? file->size + RESERVE_BYTES : limit;
    /* No further than the limit: tmpfs refuses that even where the file's size stays. */
    if (fallocate(file->fd, FALLOC_FL_KEEP_SIZE, file->size, reserved - file->size) < 0 &&
        errno != EOPNOTSUPP && errno != ENOSYS && errno != EINTR)
        return err_set(err, ERR_SYSTEM, "no room can be had for %s: %s", file->plan.path,
                       strerror(errno));
    file->reserved = reserved;
    return 0;
}

/* Take back the half of a line that a full disk let through. */
static void take_back(struct audit_file *file)
{
    if (file->is_regular && ftruncate(file->fd, file->size) == 0)
        file->reserved = 0; /* went with it */
    else
        file->is_torn = true;
}

static ssize_t append(const struct audit_file *file, struct str text)
{
    ssize_t n;

    do
        n = write(file->fd, text.ptr, text.len);
    while (n < 0 && errno == EINTR);
    return n;
}

int audit_file_write(struct audit_file *file, struct str line, struct err *err)
{
    ssize_t n;

    if (file->is_torn) {
        if (append(file, STR("\n")) != 1)
            return err_set(err, ERR_SYSTEM, "audit: cannot write: %s", strerror(errno));
        file->is_torn = false;
    }
    n = append(file, line);
    if (n < 0)
        return err_set(err, ERR_SYSTEM, "audit: cannot write: %s", strerror(errno));
    if ((size_t)n < line.len) {
        take_back(file);
        return err_set(err, ERR_SYSTEM, "audit: only %zd of %zu bytes could be written", n,
                       line.len);
    }
    file->size += n;
    digest_hex(str_take(line, line.len - 1), file->prev);
    return 0;
}

static bool was_moved(const struct audit_file *file)
{
    struct stat at_path;
    struct stat ours;

    return stat(file->plan.path, &at_path) < 0 || fstat(file->fd, &ours) < 0 ||
           at_path.st_ino != ours.st_ino || at_path.st_dev != ours.st_dev;
}

static bool is_due(const struct audit_file *file, time_t now_s)
{
    const struct audit_file_plan *plan = &file->plan;

    if (file->size == 0)
        return false;
    return (plan->bytes_max && (uint64_t)file->size >= plan->bytes_max) ||
           (plan->age_max_s && now_s - file->born_s >= (time_t)plan->age_max_s);
}

int audit_file_tend(struct audit_file *file, time_t now_s, struct err *err)
{
    if (!file->is_regular)
        return 0;
    if (now_s != file->looked_s && was_moved(file) && audit_file_reopen(file, err) < 0)
        return -1;
    file->looked_s = now_s;
    if (!is_due(file, now_s))
        return 0;
    if (audit_rotate_away(file->plan.path, err) < 0 || audit_file_reopen(file, err) < 0)
        return -1;
    audit_rotate_prune(file->plan.path, file->plan.files_max);
    return 1;
}

int audit_file_sync(const struct audit_file *file, struct err *err)
{
    if (file->is_regular && fdatasync(file->fd) < 0)
        return err_set(err, ERR_SYSTEM, "audit: cannot write to the disk: %s", strerror(errno));
    return 0;
}
