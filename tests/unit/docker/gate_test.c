#include "docker/gate.h"

#include "check.h"

/* A request by what its headers and body look like to the plugin; NULL: not there. */
struct gate_case {
    const char *method;
    const char *uri;
    const char *length;
    const char *type;
    const char *body;
    const char *id; /* of the refusal; NULL: passes */
};

static const char json[] = "application/json";
static const char form[] = "application/x-www-form-urlencoded";
static const char multipart[] = "multipart/form-data; boundary=x";
static const char broken[] = "application/json; charset";

static const char hidden_id[] = "request.body-hidden";
static const char missing_id[] = "request.body-missing";
static const char form_id[] = "request.form";
static const char type_id[] = "request.content-type";
static const char query_id[] = "request.query";

/* clang-format off */
static const struct gate_case cases[] = {
    /* A JSON body is needed. */
    {"POST", "/containers/create", "2", json, "{}", NULL},
    {"POST", "/containers/create", NULL, json, "{}", NULL},
    {"POST", "/containers/create", "2", "text/plain", "{}", NULL}, /* two headers, JSON first */
    {"POST", "/containers/create", "2", json, NULL, hidden_id},
    {"POST", "/containers/create", NULL, json, NULL, hidden_id},
    {"POST", "/containers/create", NULL, NULL, NULL, hidden_id},
    {"POST", "/containers/create", "1048576", json, NULL, hidden_id},
    {"POST", "/containers/create", "72", "text/plain", NULL, hidden_id},
    {"POST", "/containers/create", "0", json, NULL, missing_id},
    {"POST", "/containers/create", "0", NULL, NULL, missing_id},
    {"POST", "/containers/create", "0", form, NULL, missing_id},
    {"POST", "/containers/create", "72", form, NULL, form_id},
    {"POST", "/containers/create", NULL, multipart, NULL, form_id},
    {"POST", "/containers/create", "2", form, "{}", form_id},
    {"POST", "/containers/create", "72", broken, NULL, type_id},
    {"POST", "/containers/create", "2", "application/json, text/plain", "{}", type_id},
    {"POST", "/containers/a/exec", "9", NULL, NULL, hidden_id},
    {"POST", "/containers/a/update", "9", NULL, NULL, hidden_id},
    {"POST", "/containers/a/checkpoints", "9", NULL, NULL, hidden_id},
    {"POST", "/networks/create", "9", NULL, NULL, hidden_id},
    {"POST", "/networks/a/connect", "9", NULL, NULL, hidden_id},
    {"POST", "/networks/a/disconnect", "9", NULL, NULL, hidden_id},
    {"PUT", "/volumes/a", "9", NULL, NULL, hidden_id},
    {"POST", "/swarm/init", "9", "text/plain", NULL, hidden_id},
    {"POST", "/swarm/join", "9", "text/plain", NULL, hidden_id},
    {"POST", "/swarm/update", NULL, json, NULL, hidden_id},
    {"POST", "/swarm/unlock", NULL, json, NULL, hidden_id},
    {"POST", "/services/create", "9", json, NULL, hidden_id},
    {"POST", "/services/a/update", "9", json, NULL, hidden_id},
    {"POST", "/nodes/a/update", "9", json, NULL, hidden_id},
    {"POST", "/secrets/create", "9", "text/plain", NULL, hidden_id},
    {"POST", "/secrets/a/update", "9", json, NULL, hidden_id},
    {"POST", "/configs/create", "9", json, NULL, hidden_id},
    {"POST", "/configs/a/update", "9", json, NULL, hidden_id},
    {"POST", "/plugins/pull", "3", json, "[]\n", NULL},
    {"POST", "/plugins/pull", "0", json, NULL, missing_id},
    {"POST", "/plugins/a/upgrade", "9", json, NULL, hidden_id},
    {"POST", "/plugins/a/set", "9", "text/plain", NULL, hidden_id},
    /* Needed or of length 0. */
    {"POST", "/exec/a/start", "28", json, "{\"Detach\":true}", NULL},
    {"POST", "/exec/a/start", "0", NULL, NULL, NULL},
    {"POST", "/exec/a/start", "0", "text/plain", NULL, NULL},
    {"POST", "/exec/a/start", NULL, NULL, NULL, hidden_id},
    {"POST", "/exec/a/start", "28", "text/plain", NULL, hidden_id},
    /* None will do. */
    {"POST", "/commit", "2", json, "{}", NULL},
    {"POST", "/commit", "0", NULL, NULL, NULL},
    {"POST", "/commit", "0", form, NULL, NULL},
    {"POST", "/commit", NULL, NULL, NULL, NULL},
    {"POST", "/commit", NULL, "", NULL, NULL},
    {"POST", "/commit", NULL, json, NULL, hidden_id},
    {"POST", "/commit", "9", NULL, NULL, hidden_id},
    {"POST", "/commit", "9", json, NULL, hidden_id},
    {"POST", "/commit", NULL, form, NULL, form_id},
    {"POST", "/volumes/create", "0", NULL, NULL, NULL},
    {"POST", "/volumes/create", NULL, NULL, NULL, NULL},
    {"POST", "/volumes/create", "9", "text/plain", NULL, hidden_id},
    /* An archive. */
    {"PUT", "/containers/a/archive?path=/", NULL, "text/plain", NULL, NULL},
    {"PUT", "/containers/a/archive?path=/", "1536", "application/x-tar", NULL, NULL},
    {"PUT", "/containers/a/archive?path=/", "1536", form, NULL, form_id},
    {"PUT", "/containers/a/archive?path=/", "2", json, "{}", type_id},
    {"POST", "/images/load", NULL, "application/x-tar", NULL, NULL},
    {"POST", "/images/load", NULL, "application/octet-stream", NULL, NULL},
    {"POST", "/images/load", NULL, NULL, NULL, NULL},
    {"POST", "/images/load", NULL, multipart, NULL, form_id},
    {"POST", "/images/create?fromSrc=-", NULL, "text/plain", NULL, NULL},
    {"POST", "/images/create?fromSrc=-", "9", form, NULL, form_id},
    {"POST", "/build", NULL, "application/x-tar", NULL, NULL},
    {"POST", "/build?remote=x", "0", NULL, NULL, NULL},
    {"POST", "/build?remote=x", "0", form, NULL, NULL},
    {"POST", "/build", NULL, form, NULL, form_id},
    {"POST", "/build", NULL, multipart, NULL, form_id},
    {"POST", "/build", NULL, "x; y", NULL, type_id},
    {"POST", "/build", "2", json, "{}", type_id},
    {"POST", "/plugins/create?name=a", NULL, form, NULL, form_id},
    {"POST", "/plugins/create?name=a", NULL, "application/x-tar", NULL, NULL},
    /* No body. */
    {"POST", "/containers/a/start", "0", NULL, NULL, NULL},
    {"POST", "/containers/a/start", NULL, NULL, NULL, NULL},
    {"POST", "/containers/a/start", "2", json, "{}", NULL},
    {"POST", "/containers/a/start", NULL, json, NULL, NULL},
    {"POST", "/containers/a/start", "9", "text/plain", NULL, hidden_id},
    {"POST", "/containers/a/attach?stream=1", "0", "text/plain", NULL, NULL},
    {"POST", "/containers/a/stop", "0", form, NULL, NULL},
    {"POST", "/containers/a/stop", "0", broken, NULL, NULL},
    {"POST", "/containers/a/stop", "0", "a/b, c/d", NULL, type_id},
    {"POST", "/containers/a/stop", "00", NULL, NULL, hidden_id},
    {"POST", "/containers/a/stop", "1", NULL, NULL, hidden_id},
    {"POST", "/containers/a/stop", NULL, broken, NULL, type_id},
    {"POST", "/containers/a/kill", "11", form, NULL, form_id},
    {"POST", "/containers/a/kill", NULL, form, NULL, form_id},
    {"POST", "/containers/a/rename?name=b", "9", form, NULL, form_id},
    {"POST", "/images/create?fromImage=a", "0", NULL, NULL, NULL},
    {"POST", "/images/create?fromImage=a", "14", form, NULL, form_id},
    {"POST", "/images/create?fromImage=a", "14", "Application/X-WWW-Form-URLencoded;x", NULL, type_id},
    {"POST", "/images/create?fromImage=a", NULL, multipart, NULL, form_id},
    {"POST", "/images/a/tag?repo=b", "9", form, NULL, form_id},
    {"POST", "/images/prune", "9", form, NULL, form_id},
    {"POST", "/images/a/push", "2", json, "{}", NULL},
    {"POST", "/images/a/push", "9", "text/plain", NULL, hidden_id},
    {"POST", "/session", NULL, NULL, NULL, NULL},
    {"POST", "/swarm/leave", "9", form, NULL, form_id},
    /* Bodies that nobody reads. */
    {"GET", "/containers/json", "9", form, NULL, NULL},
    {"DELETE", "/containers/a", "9", broken, NULL, NULL},
    {"DELETE", "/containers/a", "2", json, "{}", NULL},
    {"HEAD", "/_ping", "9", "a,b", NULL, NULL},
    {"POST", "/auth", "50", json, NULL, NULL},
    {"POST", "/auth", "50", json, "{}", NULL},
    {"POST", "/auth", "50", "text/plain", NULL, NULL},
    {"POST", "/no/such/call", "9", form, NULL, NULL},
    /* Twice what is read once. */
    {"POST", "/images/create?fromImage=a&fromImage=a", "0", NULL, NULL, query_id},
    {"GET", "/containers/a/archive?path=/a&path=/b", NULL, NULL, NULL, query_id},
    {"POST", "/containers/create?name=a&name=b", "2", json, "{}", query_id},
    {"POST", "/build?t=a&t=b", NULL, "application/x-tar", NULL, NULL},
};
/* clang-format on */

static struct arena arena;

static struct node text_node(const char *text)
{
    return (struct node){.type = NODE_STRING, .string = str_from(text)};
}

/* Pass a case through the gate. Returns what gate_check() does. */
static int pass(const struct gate_case *c, struct refusal *refusal)
{
    struct member members[2];
    struct envelope envelope = {.headers = {.type = NODE_MAP}};
    struct line line;
    struct route_target target;
    size_t count = 0;

    if (c->length)
        members[count++] = (struct member){STR("Content-Length"), text_node(c->length)};
    if (c->type)
        members[count++] = (struct member){STR("Content-Type"), text_node(c->type)};
    envelope.headers.fields.members = members;
    envelope.headers.fields.count = count;
    envelope.has_body = c->body != NULL;
    envelope.body = str_from(c->body);
    CHECK(line_parse(str_from(c->uri), &arena, &line, refusal) == 0);

    const struct route *route = route_find(str_from(c->method), line.path, &line.query, &target);
    return gate_check(route, &envelope, &line, &arena, refusal);
}

static void passes_what_is_honest_and_refuses_what_cannot_be_known(void)
{
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct gate_case *c = &cases[i];
        struct refusal refusal = {.id = STR_INIT("")};
        int result = pass(c, &refusal);

        if (result != (c->id ? -1 : 0) || !str_eq(refusal.id, str_from(c->id ? c->id : "")))
            (void)fprintf(stderr, "%s %s: %.*s\n", c->method, c->uri, STR_FMT(refusal.id));
        CHECK(result == (c->id ? -1 : 0));
        if (!c->id)
            continue;
        CHECK(str_eq(refusal.id, str_from(c->id)));
        CHECK(refusal.msg.len > 0 && refusal.fix.len > 0);
    }
}

static void names_the_parameter_that_is_sent_twice(void)
{
    struct gate_case twice = {"POST", "/containers/a/rename?name=b&name=c", "0", NULL, NULL, NULL};
    struct refusal refusal;

    CHECK(pass(&twice, &refusal) == -1);
    CHECK_STR(refusal.field, "name");
    CHECK_STR(refusal.msg, "the query has the parameter \"name\" more than once");
}

static void tells_null_from_empty_from_hidden(void)
{
    struct envelope null = {.headers = {.type = NODE_MAP}, .has_body = true, .body = STR("null")};
    struct envelope none = {.headers = {.type = NODE_MAP}};
    struct refusal refusal;

    CHECK(gate_refuse_missing(&null, &refusal) == -1);
    CHECK_STR(refusal.id, "request.body-missing");
    CHECK_STR(refusal.msg, "this call needs a JSON body, and null was sent");
    CHECK(gate_refuse_missing(&none, &refusal) == -1);
    CHECK_STR(refusal.id, "request.body-hidden");
}

int main(void)
{
    struct err err;

    CHECK(arena_init(&arena, 1 << 20, &err) == 0);
    passes_what_is_honest_and_refuses_what_cannot_be_known();
    names_the_parameter_that_is_sent_twice();
    tells_null_from_empty_from_hidden();
    arena_done(&arena);
    return 0;
}
