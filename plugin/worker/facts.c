#include "worker/facts.h"

#include "base/clip.h"
#include "base/trail.h"
#include "docker/response.h"
#include "worker/redact.h"

enum {
    /* https://www.w3.org/TR/trace-context/, version 00: "00-32 digits-16 digits-2 digits" */
    TRACE_BYTES = 55,
    ID_MAX_BYTES = 128,
    TEXT_MAX_BYTES = 16 * 1024, /* of what is looked through for secrets */
};

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/* Anything else in the header's place is not kept: it is the client's own text. */
static bool is_trace(struct str text)
{
    if (text.len != TRACE_BYTES)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        bool is_dash = i == 2 || i == 35 || i == 52;

        if (is_dash ? text.ptr[i] != '-' : !is_hex(text.ptr[i]))
            return false;
    }
    return true;
}

static struct str trace_of(const struct envelope *envelope)
{
    struct str trace;

    if (envelope_header(envelope, STR("Traceparent"), &trace) && is_trace(trace))
        return trace;
    return STR("");
}

static struct str name_of(struct str text, struct arena *arena)
{
    return clip_str(redact_image(clip_str(text, TEXT_MAX_BYTES), arena), TRAIL_NAME_MAX);
}

/* What is made or fetched has no name in the path, but in the query or the body. */
static bool is_named_elsewhere(enum action action)
{
    static const enum action actions[] = {
        ACTION_CONFIG_CREATE, ACTION_CONTAINER_CREATE, ACTION_NETWORK_CREATE,
        ACTION_PLUGIN_CREATE, ACTION_PLUGIN_PULL,      ACTION_PLUGIN_PRIVILEGES,
        ACTION_SECRET_CREATE, ACTION_SERVICE_CREATE,   ACTION_VOLUME_CREATE,
    };

    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
        if (actions[i] == action)
            return true;
    return false;
}

static struct str plugin_of(const struct request *request)
{
    return str_eq(action_info(request->route->action)->category, STR("plugin"))
               ? query_first(&request->line.query, STR("remote"))
               : STR("");
}

static struct str image_of(const struct request *request)
{
    struct str image = node_string(node_path(&request->view, "image", "raw", NULL));

    return image.len ? image : plugin_of(request);
}

/* The engine looks into the query for no other names than those of containers and plugins. */
static struct str new_name(const struct request *request, struct str category)
{
    struct str name = node_string(node_get(node_get(&request->view, category), STR("name")));

    if (!name.len && (str_eq(category, STR("container")) || str_eq(category, STR("plugin"))))
        name = query_first(&request->line.query, STR("name"));
    return name.len ? name : plugin_of(request);
}

static void add_object(const struct request *request, struct arena *arena, struct verdict *ret)
{
    struct str category = action_info(request->route->action)->category;
    struct str name = request->target;

    ret->kind = route_target_name(request->route->target);
    if (is_named_elsewhere(request->route->action)) {
        name = new_name(request, category);
        if (name.len)
            ret->kind = category;
    }
    ret->target = name_of(name, arena);
}

static struct str uri_of(struct str uri, struct arena *arena)
{
    return clip_str(redact_uri(clip_str(uri, TEXT_MAX_BYTES), arena), TRAIL_URI_MAX);
}

static struct str body_state(const struct request *request, bool readable)
{
    if (request->has_body)
        return STR("read");
    if (request->route->body_rule == BODY_CREDENTIALS || request->route->body_rule == BODY_TAR)
        return STR("hidden");
    if (!request->envelope.has_body)
        return STR("none");
    return readable ? STR("ignored") : STR("refused");
}

void facts_request(const struct request *request, bool readable, struct arena *arena,
                   struct verdict *ret)
{
    const struct route *route = request->route;

    if (readable || route != &route_unknown)
        ret->action = action_name(route->action);
    ret->user = clip_str(request->envelope.user, TRAIL_NAME_MAX);
    ret->authn = clip_str(request->envelope.authn, TRAIL_WORD_MAX);
    ret->method = clip_str(request->envelope.method, TRAIL_WORD_MAX);
    ret->uri = uri_of(request->envelope.uri, arena);
    ret->image = name_of(image_of(request), arena);
    add_object(request, arena, ret);
    ret->api = request->line.api;
    ret->body = body_state(request, readable);
    ret->trace = trace_of(&request->envelope);
    if (route != &route_unknown)
        ret->class = action_class_name(action_info(route->action)->class);
}

void facts_tell(const struct verdict *facts, struct worker_page *page)
{
    struct buffer told = {.data = page->told, .cap = sizeof page->told, .max = sizeof page->told};

    if (verdict_encode(facts, &told) == 0)
        page->told_bytes = (uint32_t)told.len;
}

void facts_findings(struct arena *arena, struct verdict *ret)
{
    for (size_t i = 0; i < ret->count; i++)
        ret->findings[i].msg = redact_text(ret->findings[i].msg, arena);
}

static bool is_id(struct str id)
{
    for (size_t i = 0; i < id.len; i++) {
        if (id.ptr[i] <= ' ' || id.ptr[i] >= 0x7f)
            return false;
    }
    return id.len <= ID_MAX_BYTES;
}

static void add_answer(const struct envelope *envelope, struct arena *arena, struct verdict *ret)
{
    struct response response = response_read(envelope, arena);

    if (response.status > 0) {
        ret->status = arena_printf(arena, "%lld", (long long)response.status);
        if (!ret->status.ptr)
            ret->status = STR("");
    }
    if (is_id(response.id))
        ret->created = response.id;
}

void facts_response(struct str message, struct arena *arena, struct verdict *ret)
{
    struct request request;
    struct refusal refusal;

    verdict_clear(ret);
    ret->allow = true;
    ret->reason = STR("response");
    if (request_describe(message, arena, &request, &refusal) < 0)
        ret->reason = STR("unreadable");
    facts_request(&request, false, arena, ret);
    ret->body = STR("");
    add_answer(&request.envelope, arena, ret);
}
