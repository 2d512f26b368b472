#include "worker/answer.h"

#include "policy/message.h"
#include "worker/facts.h"

/* One finding of the plugin's own, which is the whole denial. */
static void deny(const struct refusal *refusal, struct str reason, struct arena *words,
                 struct verdict *ret)
{
    struct message message;
    struct finding finding = {
        .rule = refusal->id,
        .effect = STR("deny"),
        .mode = STR("enforce"),
        .msg = message_clean(words, refusal->msg, MESSAGE_TEXT_MAX_BYTES),
        .field = message_clean(words, refusal->field, MESSAGE_TEXT_MAX_BYTES),
        .fix = message_clean(words, refusal->fix, MESSAGE_TEXT_MAX_BYTES),
    };

    message_init(&message);
    message_add(&message, finding.rule, finding.msg, finding.field, finding.fix);
    ret->allow = false;
    ret->reason = reason;
    ret->msg = message_end(&message, words);
    ret->findings[0] = finding;
    ret->count = 1;
}

/* Engine and clients must be able to say hello: an engine that cannot would not even tell its users
 * what is wrong. */
static bool is_greeting(const struct request *request)
{
    bool is_get = str_eq(request->envelope.method, STR("GET"));

    if (request->route->action == ACTION_SYSTEM_PING)
        return is_get || str_eq(request->envelope.method, STR("HEAD"));
    return request->route->action == ACTION_SYSTEM_VERSION && is_get;
}

static void answer_without_policy(struct str findings, const struct request *request,
                                  struct arena *words, struct verdict *ret)
{
    struct str first = str_take(findings, str_find(findings, '\n'));
    struct refusal refusal = {
        .id = STR("no-policy"),
        .msg = arena_printf(words,
                            "the policies of this engine do not load, so it allows nothing: "
                            "%.*s",
                            STR_FMT(first)),
        .field = STR(""),
        .fix = STR("an administrator runs `lua-authz check` and mends what it names"),
    };

    if (is_greeting(request)) {
        ret->allow = true;
        ret->reason = STR("no-policy");
        return;
    }
    deny(&refusal, STR("no-policy"), words, ret);
}

bool answer_message(const struct answer_scope *scope, struct str message, struct request *request,
                    struct verdict *ret)
{
    struct refusal refusal;
    bool readable = request_read(message, scope->arena, request, &refusal) == 0;

    verdict_clear(ret);
    facts_request(request, readable, scope->arena, ret);
    facts_tell(ret, scope->page);
    if (!readable)
        deny(&refusal, STR("request"), scope->words, ret);
    else if (scope->set)
        policy_set_decide(scope->set, request, ret);
    else
        answer_without_policy(scope->findings, request, scope->words, ret);
    facts_findings(scope->arena, ret);
    return readable;
}
