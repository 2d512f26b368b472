#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/trail.h"
#include "base/unblock.h"
#include "broker/audit_sink.h"

/* Standard output: of a managed plugin, the engine's log. */

static int open_stdout(struct audit_sink *sink, struct err *err)
{
    struct stat status;

    if (fstat(STDOUT_FILENO, &status) < 0)
        return err_set(err, ERR_SYSTEM, "audit: no standard output: %s", strerror(errno));
    unblock(STDOUT_FILENO);
    sink->fd = STDOUT_FILENO;
    buffer_init(&sink->rest, TRAIL_LINE_MAX);
    return buffer_reserve(&sink->rest, TRAIL_LINE_MAX) == 0
               ? 0
               : err_set(err, ERR_NOMEM, "audit: no memory for half a line");
}

static ssize_t put(const struct audit_sink *sink, struct str text)
{
    ssize_t n;

    do
        n = write(sink->fd, text.ptr, text.len);
    while (n < 0 && errno == EINTR);
    return n;
}

/* What a reader that stalled left of the line before. */
static int put_rest(struct audit_sink *sink)
{
    struct str rest = buffer_view(&sink->rest);
    ssize_t n;

    if (rest.len == 0)
        return 0;
    n = put(sink, rest);
    if (n < 0)
        return -1;
    memmove(sink->rest.data, rest.ptr + n, rest.len - (size_t)n);
    sink->rest.len -= (size_t)n;
    if (sink->rest.len == 0)
        return 0;
    errno = EAGAIN;
    return -1;
}

static int failed(struct err *err)
{
    return err_set(err, errno == EAGAIN ? ERR_LIMIT : ERR_SYSTEM, "standard output: %s",
                   strerror(errno));
}

static int write_stdout(struct audit_sink *sink, const struct audit_entry *entry, struct err *err)
{
    ssize_t n;

    if (put_rest(sink) < 0)
        return failed(err);
    n = put(sink, entry->line);
    if (n == (ssize_t)entry->line.len)
        return 0;
    if (n < 0)
        return failed(err);
    /* Only a line longer than PIPE_BUF: its rest is to come before anything else. */
    (void)buffer_str(&sink->rest, str_skip(entry->line, (size_t)n));
    return err_set(err, ERR_SYSTEM, "standard output: it took half a line");
}

const struct audit_sink_ops audit_stdout_ops = {"stdout", open_stdout, write_stdout};
