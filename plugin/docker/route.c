#include "docker/route.h"

#include "docker/route_table.h"

const struct route route_unknown = {
    .action = ACTION_UNKNOWN,
    .method = STR_INIT(""),
    .pattern = STR_INIT(""),
    .wants = STR_INIT(""),
    .once = STR_INIT(""),
};

/* Note what a wildcard stood for; an earlier one becomes the parent. */
static void capture(struct route_target *target, struct str text)
{
    if (target->name.ptr)
        target->parent = target->name;
    target->name = text;
}

/* Take what the wildcard "{name}" or "{id}" at the front of *pattern stands for off *path. */
static bool take_wildcard(struct str *pattern, struct str *path, struct route_target *target)
{
    bool spans_slashes = str_starts(*pattern, STR("{name}"));
    struct str tail = str_skip(*pattern, str_find(*pattern, '}') + 1);
    size_t length = str_find(*path, '/');

    if (spans_slashes) {
        /* All that follows such a wildcard is plain text, so it ends where that text begins. */
        if (!str_ends(*path, tail))
            return false;
        length = path->len - tail.len;
    } else if (length == 0) {
        return false;
    }
    capture(target, str_take(*path, length));
    *path = str_skip(*path, length);
    *pattern = tail;
    return true;
}

static bool match(struct str pattern, struct str path, struct route_target *target)
{
    *target = (struct route_target){{NULL, 0}, {NULL, 0}};
    for (;;) {
        struct str plain = str_take(pattern, str_find(pattern, '{'));

        if (!str_starts(path, plain))
            return false;
        pattern = str_skip(pattern, plain.len);
        path = str_skip(path, plain.len);
        if (pattern.len == 0)
            return path.len == 0;
        if (!take_wildcard(&pattern, &path, target))
            return false;
    }
}

/* A quick look, so that a call meets few patterns: the method, and the path's second character. */
static bool may_fit(const struct route *route, struct str method, struct str path)
{
    char second = route->pattern.ptr[1];

    if (second != '{' && (path.len < 2 || path.ptr[1] != second))
        return false;
    return route->method.len == 0 || str_eq(route->method, method);
}

const struct route *route_find(struct str method, struct str path, const struct query *query,
                               struct route_target *ret)
{
    for (size_t i = 0; i < route_table_count; i++) {
        const struct route *route = &route_table[i];

        if (!may_fit(route, method, path))
            continue;
        if (route->wants.len > 0 && query_first(query, route->wants).len == 0)
            continue;
        if (match(route->pattern, path, ret)) {
            if (route->target == TARGET_NONE)
                *ret = (struct route_target){STR(""), STR("")};
            return route;
        }
    }
    *ret = (struct route_target){STR(""), STR("")};
    return &route_unknown;
}

struct str route_repeated(const struct route *route, const struct query *query)
{
    for (struct str rest = route->once; rest.len > 0;) {
        struct str key = str_take(rest, str_find(rest, ' '));

        if (query_count(query, key) > 1)
            return key;
        rest = str_skip(rest, key.len + 1);
    }
    return STR("");
}

const struct route *route_at(size_t i)
{
    return i < route_table_count ? &route_table[i] : NULL;
}

struct str route_target_name(enum target_kind kind)
{
    static const struct str names[] = {
        [TARGET_NONE] = STR_INIT(""),           [TARGET_CONTAINER] = STR_INIT("container"),
        [TARGET_EXEC] = STR_INIT("exec"),       [TARGET_CHECKPOINT] = STR_INIT("checkpoint"),
        [TARGET_IMAGE] = STR_INIT("image"),     [TARGET_NETWORK] = STR_INIT("network"),
        [TARGET_VOLUME] = STR_INIT("volume"),   [TARGET_PLUGIN] = STR_INIT("plugin"),
        [TARGET_SERVICE] = STR_INIT("service"), [TARGET_NODE] = STR_INIT("node"),
        [TARGET_TASK] = STR_INIT("task"),       [TARGET_SECRET] = STR_INIT("secret"),
        [TARGET_CONFIG] = STR_INIT("config"),
    };

    return names[kind];
}
