#include "docker/envelope.h"

#include <strings.h>

#include "base/utc.h"
#include "docker/reader.h"

static int refuse(struct refusal *refusal, struct str msg)
{
    return refusal_set(refusal, STR("request.unreadable"), msg,
                       STR("tell whoever runs the engine: its message is at fault, not the "
                           "command"));
}

/* A map or list of the message, or an empty one. */
static struct node take(const struct node *message, struct str key, enum node_type type)
{
    const struct node *node = node_get(message, key);

    return node && node->type == type ? *node : (struct node){.type = type};
}

static int fill(const struct node *message, struct envelope *ret, struct refusal *refusal)
{
    struct str time = node_string(node_get(message, STR("Time")));

    ret->user = node_string(node_get(message, STR("User")));
    ret->authn = node_string(node_get(message, STR("UserAuthNMethod")));
    ret->method = node_string(node_get(message, STR("RequestMethod")));
    ret->uri = node_string(node_get(message, STR("RequestUri")));
    ret->body = node_string(node_get(message, STR("RequestBody")));
    ret->headers = take(message, STR("RequestHeaders"), NODE_MAP);
    ret->certificates = take(message, STR("RequestPeerCertificates"), NODE_LIST);
    ret->status = node_int(node_get(message, STR("ResponseStatusCode")));
    ret->response_headers = take(message, STR("ResponseHeaders"), NODE_MAP);
    ret->response_body = node_string(node_get(message, STR("ResponseBody")));
    if (ret->method.len == 0 || ret->uri.len == 0)
        return refuse(refusal, STR("the engine's message lacks the request's method or target"));
    if (time.len > 0 && !utc_read(time, &ret->time_s))
        return refuse(refusal, STR("the message's time is none, such as 2026-12-31T18:00:00Z"));
    ret->has_time = time.len > 0;
    ret->has_body = ret->body.len > 0;
    ret->has_response_body = ret->response_body.len > 0;
    return 0;
}

/* What the reader found odd, as a fault of the message itself. */
static int refuse_unread(struct arena *arena, struct refusal *refusal)
{
    if (str_eq(refusal->id, STR("request.too-complex")))
        return -1;

    struct str msg =
        arena_printf(arena, "the engine's message cannot be read: %.*s", STR_FMT(refusal->msg));
    if (!msg.ptr)
        return refusal_memory(refusal);

    struct str field = refusal->field;
    (void)refuse(refusal, msg);
    refusal->field = field;
    return -1;
}

int envelope_read(struct str message, struct arena *arena, struct envelope *ret,
                  struct refusal *refusal)
{
    struct reader_result result = {0};

    *ret = (struct envelope){.headers = {.type = NODE_MAP},
                             .certificates = {.type = NODE_LIST},
                             .response_headers = {.type = NODE_MAP}};
    if (message.len == 0)
        return refusal_set(refusal, STR("engine-retry"),
                           STR("the engine lost this call's first answer and repeated it without "
                               "its content"),
                           STR("run the command again"));
    if (reader_read(&schema_envelope, message, READER_STRICT, arena, &result, refusal))
        return refuse_unread(arena, refusal);
    if (result.value.type != NODE_STRUCT)
        return refuse(refusal, STR("the engine's message is not an object"));
    return fill(&result.value, ret, refusal);
}

bool envelope_header(const struct envelope *envelope, struct str name, struct str *ret)
{
    const struct node *headers = &envelope->headers;

    for (size_t i = 0; i < node_count(headers); i++) {
        const struct member *member = &headers->fields.members[i];

        if (member->key.len == name.len && strncasecmp(member->key.ptr, name.ptr, name.len) == 0) {
            if (ret)
                *ret = node_string(&member->value);
            return true;
        }
    }
    return false;
}
