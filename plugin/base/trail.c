#include "base/trail.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define STAMP_PATTERN "[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]T*Z"

bool trail_read(struct str line, struct str *ret_time, struct str *ret_prev)
{
    const struct str head = STR(TRAIL_HEAD);
    const struct str middle = STR(TRAIL_PREV);
    struct str rest = str_skip(line, head.len + TRAIL_TIME_BYTES);

    if (!str_starts(line, head) || !str_starts(rest, middle))
        return false;
    rest = str_skip(rest, middle.len);
    *ret_time = str_take(str_skip(line, head.len), TRAIL_TIME_BYTES);
    *ret_prev = str_take(rest, DIGEST_HEX_BYTES);
    for (size_t i = 0; i < ret_prev->len; i++) {
        char c = ret_prev->ptr[i];

        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
            return false;
    }
    return str_starts(str_skip(rest, DIGEST_HEX_BYTES), STR("\""));
}

/* Everything up to the last line end; empty when there is none. */
static struct str whole_lines(struct str text)
{
    const char *end = text.len ? memrchr(text.ptr, '\n', text.len) : NULL;

    return str_take(text, end ? (size_t)(end - text.ptr) + 1 : 0);
}

static void take_last_line(struct str lines, struct trail_end *ret)
{
    struct str line = str_take(lines, lines.len - 1);
    const char *before = line.len ? memrchr(line.ptr, '\n', line.len) : NULL;

    if (before)
        line = str_skip(line, (size_t)(before - line.ptr) + 1);
    digest_hex(line, ret->hash);
}

int trail_find_end(int fd, struct trail_end *ret, struct err *err)
{
    char tail[2 * TRAIL_LINE_MAX]; /* a whole line, and most of another one */
    struct stat status;
    off_t from = 0;
    ssize_t n;
    struct str lines;

    if (fstat(fd, &status) < 0)
        return err_set(err, ERR_SYSTEM, "audit: %s", strerror(errno));
    if (status.st_size > (off_t)sizeof tail)
        from = status.st_size - (off_t)sizeof tail;
    n = pread(fd, tail, sizeof tail, from);
    if (n < 0)
        return err_set(err, ERR_SYSTEM, "audit: cannot read the end of the trail: %s",
                       strerror(errno));
    *ret = (struct trail_end){.hash = TRAIL_ORIGIN};
    lines = whole_lines((struct str){tail, (size_t)n});
    ret->torn = (off_t)((size_t)n - lines.len);
    ret->empty = lines.len == 0;
    if (!ret->empty)
        take_last_line(lines, ret);
    return 0;
}

/* path as a pattern that fits itself alone, and any stamp behind it. */
static void make_pattern(const char *path, char *ret, size_t size)
{
    size_t at = 0;

    for (; *path && at + 2 + sizeof STAMP_PATTERN + 1 < size; path++) {
        if (strchr("*?[\\", *path))
            ret[at++] = '\\';
        ret[at++] = *path;
    }
    (void)snprintf(ret + at, size - at, "." STAMP_PATTERN);
}

bool trail_find_moved(const char *path, glob_t *ret)
{
    char pattern[2 * PATH_MAX];

    make_pattern(path, pattern, sizeof pattern);
    return glob(pattern, 0, NULL, ret) == 0;
}
