#include "worker/explain.h"

#include "base/utc.h"
#include "docker/node_json.h"
#include "policy/explain.h"

static void put_member(struct buffer *out, const char *separator, const char *key, struct str value)
{
    (void)buffer_printf(out, "%s\"%s\":", separator, key);
    (void)buffer_json(out, value);
}

static void put_verdict(const struct verdict *verdict, struct buffer *out)
{
    (void)buffer_printf(out, "{\"allow\":%s", verdict->allow ? "true" : "false");
    put_member(out, ",", "reason", verdict->reason);
    put_member(out, ",", "msg", verdict->msg);
    put_member(out, ",", "action", verdict->action);
}

static void put_call(const struct verdict *verdict, struct buffer *out)
{
    const struct {
        const char *key;
        struct str value;
    } facts[] = {
        {"method", verdict->method}, {"uri", verdict->uri},       {"class", verdict->class},
        {"user", verdict->user},     {"authn", verdict->authn},   {"api", verdict->api},
        {"kind", verdict->kind},     {"target", verdict->target}, {"image", verdict->image},
        {"body", verdict->body},
    };
    const char *separator = "";

    (void)buffer_str(out, STR(",\"call\":{"));
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        if (facts[i].value.len == 0)
            continue;
        put_member(out, separator, facts[i].key, facts[i].value);
        separator = ",";
    }
    (void)buffer_str(out, STR("}"));
}

/* What stands in the view a second time, as it was sent, is not told. */
static struct node without_twins(const struct node *view)
{
    static const struct str twins[] = {STR_INIT("query"), STR_INIT("raw"), STR_INIT("uri")};
    struct node told = *view;

    for (size_t i = 0; i < told.fields.count; i++)
        for (size_t j = 0; j < sizeof twins / sizeof twins[0]; j++)
            if (str_eq(told.fields.members[i].key, twins[j]))
                told.fields.members[i].value = (struct node){.type = NODE_NULL};
    return told;
}

/* What the engine understands is read from the capture, so that nothing secret can be in it. */
static void put_request(struct str captured, struct arena *arena, struct buffer *out)
{
    struct request again;
    struct refusal refusal;
    struct node view;

    if (captured.len == 0)
        return;
    put_member(out, ",", "capture", captured);
    if (request_read(captured, arena, &again, &refusal) < 0)
        return;
    view = without_twins(&again.view);
    (void)buffer_str(out, STR(",\"request\":"));
    node_json(&view, NODE_JSON_SAID, out);
}

int explain_message(const struct answer_scope *scope, struct str message, struct capture *capture,
                    struct buffer *out)
{
    struct str captured = STR("");
    struct request request;
    struct verdict verdict;
    bool readable = answer_message(scope, message, &request, &verdict);

    put_verdict(&verdict, out);
    put_call(&verdict, out);
    if (scope->set) {
        (void)buffer_str(out, STR(","));
        explain_profiles(scope->set, &request, out);
    }
    (void)buffer_str(out, STR(","));
    explain_rules(scope->set, &request, readable, &verdict, out);
    capture->labels = CAPTURE_SECRET_LABELS_TOLD; /* rules judge them, and nothing is kept here */
    if (readable)
        captured = capture_request(
            capture, &request, scope->set ? policy_set_now(scope->set) : utc_now(), scope->arena);
    put_request(captured, scope->arena, out);
    (void)buffer_str(out, STR("}"));
    return out->failed ? -1 : 0;
}
