#include "docker/path_clean.h"

/* The next part of path from *at on, without its slashes; empty at the end. */
static struct str next_part(struct str path, size_t *at)
{
    struct str part;

    while (*at < path.len && path.ptr[*at] == '/')
        (*at)++;
    part = str_skip(path, *at);
    part = str_take(part, str_find(part, '/'));
    *at += part.len;
    return part;
}

static bool is_dot(struct str part)
{
    return part.len == 1 && part.ptr[0] == '.';
}

static bool is_dot_dot(struct str part)
{
    return part.len == 2 && part.ptr[0] == '.' && part.ptr[1] == '.';
}

static bool is_clean(struct str path)
{
    size_t start = path_clean_is_absolute(path) ? 1 : 0;

    if (path.len <= 1)
        return path.len == 1;
    for (size_t i = start; i <= path.len; i++) {
        struct str part;

        if (i < path.len && path.ptr[i] != '/')
            continue;
        part = (struct str){path.ptr + start, i - start};
        if (part.len == 0 || is_dot(part) || is_dot_dot(part))
            return false;
        start = i + 1;
    }
    return true;
}

/* Where the last part of text[0..len) begins, its slash included when one stands before it. */
static size_t drop_part(const char *text, size_t len, size_t root)
{
    while (len > root && text[len - 1] != '/')
        len--;
    return len > root ? len - 1 : root;
}

struct str path_clean(struct arena *arena, struct str path)
{
    size_t root = path_clean_is_absolute(path) ? 1 : 0;
    size_t len = root;
    size_t floor = root; /* what leading ".." fill: never dropped */
    size_t at = 0;
    struct str part;
    char *out;

    if (is_clean(path))
        return path;
    out = arena_alloc(arena, path.len + 1);
    if (!out)
        return (struct str){NULL, 0};
    if (root)
        out[0] = '/';
    while ((part = next_part(path, &at)).len > 0) {
        if (is_dot(part))
            continue;
        if (is_dot_dot(part) && len > floor) {
            len = drop_part(out, len, floor);
            continue;
        }
        if (is_dot_dot(part) && root)
            continue;
        if (len > root)
            out[len++] = '/';
        memcpy(out + len, part.ptr, part.len);
        len += part.len;
        if (is_dot_dot(part))
            floor = len;
    }
    if (len == 0)
        out[len++] = '.';
    return (struct str){out, len};
}

bool path_clean_climbs(struct str path)
{
    size_t depth = 0;
    size_t at = 0;
    struct str part;

    if (path_clean_is_absolute(path))
        return false;
    while ((part = next_part(path, &at)).len > 0) {
        if (is_dot(part))
            continue;
        if (!is_dot_dot(part))
            depth++;
        else if (depth-- == 0)
            return true;
    }
    return false;
}
