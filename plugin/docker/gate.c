#include "docker/gate.h"

#include "docker/media.h"

/* What is known about a body before it is looked at. */
struct body_signs {
    bool has_length;
    bool has_type;
    bool is_empty; /* sent with length 0, so there is none */
    struct str type;
};

static struct body_signs read_signs(const struct envelope *envelope)
{
    struct body_signs signs = {0};
    struct str length = STR("");

    signs.has_length = envelope_header(envelope, STR("Content-Length"), &length);
    /* Go takes an empty type for none. */
    signs.has_type =
        envelope_header(envelope, STR("Content-Type"), &signs.type) && signs.type.len > 0;
    signs.is_empty = !envelope->has_body && signs.has_length && str_eq(length, STR("0"));
    return signs;
}

static int check_repeated(const struct route *route, const struct line *line, struct arena *arena,
                          struct refusal *refusal)
{
    struct str key = route_repeated(route, &line->query);
    if (key.len == 0)
        return 0;

    struct str msg =
        arena_printf(arena, "the query has the parameter \"%.*s\" more than once", STR_FMT(key));
    struct str fix = arena_printf(arena, "send \"%.*s\" once", STR_FMT(key));
    if (!msg.ptr || !fix.ptr)
        return refusal_memory(refusal);
    (void)refusal_set(refusal, STR("request.query"), msg, fix);
    refusal->field = key;
    return -1;
}

static int refuse_type(struct refusal *refusal)
{
    return refusal_set(refusal, STR("request.content-type"),
                       STR("the Content-Type is not one plain media type"),
                       STR("send one, such as \"Content-Type: application/json\""));
}

static int refuse_form(struct refusal *refusal)
{
    return refusal_set(refusal, STR("request.form"),
                       STR("the body is a form, which the engine prefers to the query and never "
                           "shows"),
                       STR("send parameters in the query, and a JSON body with \"Content-Type: "
                           "application/json\""));
}

/* A form in the body replaces what the query says (Go net/http, Request.ParseForm), even where the
 * rest of its Content-Type cannot be parsed. */
static int check_type(const struct body_signs *signs, struct refusal *refusal)
{
    if (!signs->has_type)
        return 0;
    switch (media_parse(signs->type)) {
    case MEDIA_ODD:
        return refuse_type(refusal);
    case MEDIA_BAD:
        return signs->is_empty ? 0 : refuse_type(refusal);
    case MEDIA_FORM:
    case MEDIA_MULTIPART:
        return signs->is_empty ? 0 : refuse_form(refusal);
    case MEDIA_JSON:
    case MEDIA_OTHER:
        break;
    }
    return 0;
}

int gate_refuse_missing(const struct envelope *envelope, struct refusal *refusal)
{
    struct body_signs signs = read_signs(envelope);

    if (envelope->has_body)
        return refusal_set(refusal, STR("request.body-missing"),
                           STR("this call needs a JSON body, and null was sent"),
                           STR("send a JSON object, or a list where the call takes one"));
    if (signs.is_empty)
        return refusal_set(refusal, STR("request.body-missing"),
                           STR("this call needs a JSON body, and an empty one was sent"),
                           STR("send the body with \"Content-Type: application/json\""));
    return refusal_set(refusal, STR("request.body-hidden"),
                       STR("this call needs a JSON body, and the engine did not show one"),
                       STR("send it with \"Content-Type: application/json\" and a "
                           "Content-Length below 1 MiB"));
}

static int refuse_hidden(struct refusal *refusal)
{
    return refusal_set(refusal, STR("request.body-hidden"),
                       STR("this call takes no body, and one was sent that the engine did not "
                           "show"),
                       STR("send the call without a body"));
}

static int check_presence(const struct route *route, const struct envelope *envelope,
                          const struct body_signs *signs, struct refusal *refusal)
{
    if (envelope->has_body)
        return route->body_rule != BODY_TAR
                   ? 0
                   : refusal_set(refusal, STR("request.content-type"),
                                 STR("this call takes an archive, and JSON was sent"),
                                 STR("send the archive with \"Content-Type: application/x-tar\""));
    if (signs->is_empty)
        return route->body_rule == BODY_JSON || route->body_rule == BODY_JSON_OR_NULL
                   ? gate_refuse_missing(envelope, refusal)
                   : 0;
    switch (route->body_rule) {
    case BODY_JSON:
    case BODY_JSON_OR_NULL:
    case BODY_JSON_OR_EMPTY:
        return gate_refuse_missing(envelope, refusal);
    case BODY_JSON_OPTIONAL:
        return signs->has_length || signs->has_type ? gate_refuse_missing(envelope, refusal) : 0;
    case BODY_NONE:
        return signs->has_length ? refuse_hidden(refusal) : 0;
    case BODY_IGNORED:
    case BODY_TAR:
    case BODY_CREDENTIALS:
        break;
    }
    return 0;
}

int gate_check(const struct route *route, const struct envelope *envelope, const struct line *line,
               struct arena *arena, struct refusal *refusal)
{
    struct body_signs signs = read_signs(envelope);

    if (check_repeated(route, line, arena, refusal))
        return -1;
    if (route->body_rule == BODY_IGNORED || route->body_rule == BODY_CREDENTIALS)
        return 0;
    if (check_type(&signs, refusal))
        return -1;
    return check_presence(route, envelope, &signs, refusal);
}
