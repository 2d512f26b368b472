#include "docker/line.h"

#include "docker/percent.h"

static int refuse_target(struct refusal *refusal, const char *msg, const char *fix)
{
    return refusal_set(refusal, STR("request.target"), str_from(msg), str_from(fix));
}

static int refuse_version(struct refusal *refusal, const char *msg)
{
    return refusal_set(refusal, STR("request.version"), str_from(msg),
                       STR("send a version from 1.24 on, such as /v1.41/..., or none"));
}

/* What the engine takes without a word but no client sends: each of these has served to make the
 * engine and a plugin read two different things. */
static int check_raw(struct str uri, struct refusal *refusal)
{
    if (uri.len == 0 || uri.ptr[0] != '/')
        return refuse_target(refusal, "the request target does not begin with \"/\"",
                             "send the path alone, such as /v1.41/containers/json, without a "
                             "scheme or host before it");
    for (size_t i = 0; i < uri.len; i++) {
        unsigned char c = (unsigned char)uri.ptr[i];

        if (c == '#')
            return refuse_target(refusal, "the request target contains \"#\"",
                                 "send a \"#\" in a name or value as %23");
        if (c < 0x21 || c > 0x7e)
            return refuse_target(refusal,
                                 "the request target contains a blank, a control character, or "
                                 "bytes that are not ASCII",
                                 "send them percent-encoded, as UTF-8");
    }
    return 0;
}

/* Segments that the engine answers by a redirect; sent on, they would not be what they seem. */
static bool is_odd_segment(struct str segment)
{
    return segment.len == 0 || str_eq(segment, STR(".")) || str_eq(segment, STR(".."));
}

static int check_path(struct str path, struct refusal *refusal)
{
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.ptr[i];

        if (c < 0x20 || c == 0x7f)
            return refuse_target(refusal, "the path contains an encoded control character",
                                 "send the object's plain name");
    }
    for (struct str rest = str_skip(path, 1); rest.len > 0;) {
        struct str segment = str_take(rest, str_find(rest, '/'));

        if (is_odd_segment(segment))
            return refuse_target(refusal, "the path contains \"//\", \"/./\" or \"/../\"",
                                 "send the path without them");
        rest = str_skip(rest, segment.len + 1);
    }
    return 0;
}

/* A number without leading zeros, of at most nine digits, that takes all of text. */
static bool parse_number(struct str text, unsigned *ret)
{
    unsigned value = 0;

    if (text.len == 0 || text.len > 9 || (text.len > 1 && text.ptr[0] == '0'))
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        value = value * 10 + (unsigned)(text.ptr[i] - '0');
    }
    *ret = value;
    return true;
}

/* Length of the "/v1.41" that path begins with, 0 where it begins otherwise. The engine takes any
 * digits and points there (moby daemon/server/server.go: "/v{version:[0-9.]+}"). */
static size_t version_length(struct str path)
{
    size_t i = 2;

    if (!str_starts(path, STR("/v")))
        return 0;
    while (i < path.len && (path.ptr[i] == '.' || (path.ptr[i] >= '0' && path.ptr[i] <= '9')))
        i++;
    return i > 2 && i < path.len && path.ptr[i] == '/' ? i : 0;
}

/* Take the version off the front of ret->path. */
static int split_version(struct line *ret, struct refusal *refusal)
{
    size_t length = version_length(ret->path);
    if (length == 0)
        return 0;

    struct str version = str_skip(str_take(ret->path, length), 2);
    size_t point = str_find(version, '.');
    if (!parse_number(str_take(version, point), &ret->api_major) ||
        !parse_number(str_skip(version, point + 1), &ret->api_minor))
        return refuse_version(refusal, "the API version is not two plain numbers with a point "
                                       "between them");
    if (ret->api_major < LINE_API_MAJOR_MIN ||
        (ret->api_major == LINE_API_MAJOR_MIN && ret->api_minor < LINE_API_MINOR_MIN))
        return refuse_version(refusal, "the API version is below 1.24");
    ret->api = version;
    ret->path = str_skip(ret->path, length);
    return 0;
}

int line_parse(struct str uri, struct arena *arena, struct line *ret, struct refusal *refusal)
{
    *ret = (struct line){0};
    if (check_raw(uri, refusal))
        return -1;

    size_t mark = str_find(uri, '?');
    struct str path = str_take(uri, mark);
    if (!percent_valid(path))
        return refuse_target(refusal, "the path contains a \"%\" without two hexadecimal digits",
                             "send a \"%\" in a name as %25");
    path = percent_decode(path, PERCENT_PATH, arena);
    if (!path.ptr)
        return refusal_memory(refusal);
    if (check_path(path, refusal))
        return -1;
    ret->path = path;
    if (split_version(ret, refusal))
        return -1;
    return query_parse(str_skip(uri, mark + 1), arena, &ret->query, refusal);
}
