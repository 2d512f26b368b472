/* The request line: "METHOD TARGET" in any bytes. What comes out keeps its promises. */
#include <stdint.h>
#include <stdlib.h>

#include "docker/line.h"
#include "docker/route.h"

enum { ARENA_BYTES = 16 << 20 };

static void require(bool promise)
{
    if (!promise)
        abort();
}

/* No byte that was refused in plain, no version that is not spoken, no path that climbs. */
static void check_line(const struct line *line)
{
    require(line->path.len > 0 && line->path.ptr[0] == '/');
    require(str_find(line->path, '\0') == line->path.len);
    require(str_find(line->path, '\n') == line->path.len);
    require(!memmem(line->path.ptr, line->path.len, "//", 2));
    require(!memmem(line->path.ptr, line->path.len, "/../", 4));
    require(!str_ends(line->path, STR("/..")));
    require(!line->api.len || line->api_major > 1 || line->api_minor >= LINE_API_MINOR_MIN);
}

static void check_query(const struct query *query)
{
    for (size_t i = 0; i < query->count && i < 64; i++) {
        struct str key = query->params[i].key;

        require(query_count(query, key) >= 1);
        require(str_eq(query_first(query, key), query->params[i].value) ||
                query_count(query, key) > 1);
        (void)query_bool(query, key);
    }
}

static void check_route(struct str method, const struct line *line)
{
    struct route_target target;
    const struct route *route = route_find(method, line->path, &line->query, &target);
    struct str twice = route_repeated(route, &line->query);

    require(route->method.len == 0 || str_eq(route->method, method));
    require((route->target == TARGET_NONE) ? target.name.len == 0 : target.name.ptr != NULL);
    require(target.name.len < line->path.len && target.parent.len < line->path.len);
    require(twice.len == 0 || query_count(&line->query, twice) > 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena arena;
    struct str input = {(const char *)data, size};
    struct str method = str_take(input, str_find(input, ' '));
    struct line line;
    struct refusal refusal;
    struct err err;

    if (!arena.base && arena_init(&arena, ARENA_BYTES, &err))
        abort();
    arena_reset(&arena, ARENA_BYTES);
    if (line_parse(str_skip(input, method.len + 1), &arena, &line, &refusal)) {
        require(refusal.id.len > 0 && refusal.msg.len > 0);
        return 0;
    }
    check_line(&line);
    check_query(&line.query);
    check_route(method, &line);
    return 0;
}
