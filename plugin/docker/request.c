#include "docker/request.h"

#include "docker/driver_name.h"
#include "docker/gate.h"
#include "docker/reader.h"
#include "docker/view.h"

/* What a message is before anything of it is read: complete for whoever records a refusal. */
static const struct request blank = {
    .route = &route_unknown,
    .target = STR_INIT(""),
    .target_parent = STR_INIT(""),
    .body = {.type = NODE_NULL},
    .unknown = {.type = NODE_LIST},
    .view = {.type = NODE_NULL},
};

static int read_line(struct request *ret, struct arena *arena, struct refusal *refusal)
{
    struct route_target target;

    if (line_parse(ret->envelope.uri, arena, &ret->line, refusal))
        return -1;
    ret->route = route_find(ret->envelope.method, ret->line.path, &ret->line.query, &target);
    ret->target = target.name;
    ret->target_parent = target.parent;
    if (ret->route->body_rule == BODY_CREDENTIALS) {
        ret->envelope.has_body = false;
        ret->envelope.body = STR("");
    }
    return 0;
}

static int read_body(struct request *ret, struct arena *arena, struct refusal *refusal)
{
    const struct route *route = ret->route;
    struct reader_result result = {0};

    if (!route->body || !ret->envelope.has_body)
        return 0;
    if (reader_read(route->body, ret->envelope.body, READER_STRICT, arena, &result, refusal))
        return -1;
    if (result.value.type == NODE_NULL)
        return route->body_rule == BODY_JSON ? gate_refuse_missing(&ret->envelope, refusal) : 0;
    ret->has_body = true;
    ret->body = result.value;
    ret->unknown = result.unknown;
    return driver_name_check(route->action, &ret->body, refusal);
}

int request_describe(struct str message, struct arena *arena, struct request *ret,
                     struct refusal *refusal)
{
    *ret = blank;
    *refusal = (struct refusal){STR(""), STR(""), STR(""), STR("")};
    return envelope_read(message, arena, &ret->envelope, refusal) || read_line(ret, arena, refusal)
               ? -1
               : 0;
}

int request_read(struct str message, struct arena *arena, struct request *ret,
                 struct refusal *refusal)
{
    if (request_describe(message, arena, ret, refusal) < 0 ||
        gate_check(ret->route, &ret->envelope, &ret->line, arena, refusal) ||
        read_body(ret, arena, refusal))
        return -1;
    return view_build(ret, arena) ? refusal_memory(refusal) : 0;
}
