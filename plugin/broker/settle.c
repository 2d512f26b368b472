#include "broker/settle.h"

#include <sys/random.h>

#include "base/digits.h"
#include "base/log.h"
#include "broker/answer.h"

int settle_start(struct settle *settle, const struct settings *settings, struct http *http,
                 struct metrics *metrics, struct err *err)
{
    settle->http = http;
    settle->metrics = metrics;
    if (getrandom(&settle->boot, sizeof settle->boot, 0) != (ssize_t)sizeof settle->boot)
        return err_set(err, ERR_SYSTEM, "the system has no random bytes");
    return audit_open(settings, &settle->audit, err);
}

void settle_done(struct settle *settle)
{
    audit_close(&settle->audit);
}

/* As printf of "%08x-%llu": each call has one, and printf takes as long as all of its record. */
void settle_id(const struct settle *settle, const struct call *call, char ret[SETTLE_ID_BYTES])
{
    enum { BOOT_DIGITS = 8 };
    char *number = ret + BOOT_DIGITS + 1;

    _Static_assert(BOOT_DIGITS + 1 + DIGITS_MAX < SETTLE_ID_BYTES, "an id does not fit");
    for (unsigned i = 0; i < BOOT_DIGITS; i++)
        ret[i] = "0123456789abcdef"[(settle->boot >> (4 * (BOOT_DIGITS - 1 - i))) & 15];
    ret[BOOT_DIGITS] = '-';
    number[digits_all(call->number, number)] = '\0';
}

/* When it got to a worker, or to its end without one. */
static uint64_t left_queue_us(const struct call *call, uint64_t now_us)
{
    return call->deciding_us ? call->deciding_us : now_us;
}

static void count(struct settle *settle, const struct call *call, const struct verdict *verdict,
                  uint64_t now_us)
{
    struct metrics_decision decision = {
        .stage = call->stage == CALL_REQUEST ? METRICS_REQUEST : METRICS_RESPONSE,
        .allow = verdict->allow,
        .decided = call->deciding_us != 0,
        .reason = verdict->reason,
        .queue_us = left_queue_us(call, now_us) - call->complete_us,
        .decide_us = now_us - call->deciding_us,
    };

    metrics_decision(settle->metrics, &decision);
    settle->metrics->empty += call->body_bytes == 0;
}

static int record(struct settle *settle, const struct call *call, struct str id,
                  const struct verdict *verdict, uint64_t now_us, struct err *err)
{
    struct audit_record line = {
        .id = id,
        .stage = call->stage == CALL_REQUEST ? "request" : "response",
        .verdict = verdict,
        .generation = call->generation,
        .policy = call->policy,
        .body_bytes = call->body_bytes,
        .queue_us = left_queue_us(call, now_us) - call->complete_us,
        .decide_us = call->deciding_us ? now_us - call->deciding_us : 0,
    };

    return audit_decision(&settle->audit, &line, err);
}

static void hold(struct settle *settle, struct call *call)
{
    call->next = NULL;
    if (settle->last)
        settle->last->next = call;
    else
        settle->first = call;
    settle->last = call;
}

static struct str words_of(struct str msg)
{
    return msg.len ? msg : STR("[policy-error] the policy denied this without a reason");
}

static void answer(struct settle *settle, struct call *call, const struct verdict *verdict,
                   const char *id)
{
    call->allowed = verdict->allow;
    call->reads = str_eq(verdict->class, STR("read"));
    if (!call->allowed)
        (void)answer_refuse(&call->answer, words_of(verdict->msg), str_from(id));
    if (settle->audit.syncs)
        hold(settle, call);
    else
        http_answer(settle->http, call);
}

/* What verdict becomes while the trail fails. Returns whether it is another one. */
static bool withhold(const struct settle *settle, struct verdict *verdict, const struct err *why)
{
    static const struct str unrecorded = STR_INIT(
        "[audit] the audit trail cannot be written, so this is not allowed; tell whoever runs "
        "this engine");

    log_event(LOG_LEVEL_ERROR, "audit.failed", LOG_TEXT("why", why->msg));
    if (!verdict->allow || audit_lets_pass(&settle->audit, verdict->class))
        return false;
    verdict->allow = false;
    verdict->reason = STR("audit");
    verdict->msg = unrecorded;
    verdict->count = 0;
    return true;
}

void settle_call(struct settle *settle, struct call *call, const struct verdict *verdict)
{
    struct verdict told;
    uint64_t now_us = loop_clock_us();
    char id[SETTLE_ID_BYTES];
    struct err err;

    verdict_copy(&told, verdict);
    settle_id(settle, call, id);
    if (call->stage == CALL_RESPONSE && call->body_bytes)
        told.allow = true;
    if (audit_ready(&settle->audit, &err) < 0)
        (void)withhold(settle, &told, &err);
    if (record(settle, call, str_from(id), &told, now_us, &err) < 0 &&
        withhold(settle, &told, &err))
        settle_note(settle, "withheld", id); /* who got the record reads another verdict there */
    count(settle, call, &told, now_us);
    answer(settle, call, &told, id);
}

void settle_note(struct settle *settle, const char *event, const char *subject)
{
    metrics_event(settle->metrics, event, subject);
    audit_note(&settle->audit, event, str_from(subject));
}

/* Its record says what it was to be; that it did not reach the disk, it cannot say. */
static void take_back(struct settle *settle, struct call *call)
{
    static const struct str words = STR_INIT(
        "[audit] the audit trail cannot be brought to the disk, so this is not allowed; tell "
        "whoever runs this engine");
    char id[SETTLE_ID_BYTES];

    if (!call->allowed || audit_lets_pass(&settle->audit, call->reads ? STR("read") : STR("write")))
        return;
    settle_id(settle, call, id);
    call->allowed = false;
    (void)answer_refuse(&call->answer, words, str_from(id));
    settle_note(settle, "withheld", id);
}

bool settle_flush(struct settle *settle)
{
    struct call *call = settle->first;
    struct err err;
    bool failed;

    if (!call)
        return false;
    settle->first = settle->last = NULL;
    failed = audit_sync(&settle->audit, &err) < 0;
    if (failed)
        log_event(LOG_LEVEL_ERROR, "audit.failed", LOG_TEXT("why", err.msg));
    while (call) {
        struct call *next = call->next;

        if (failed)
            take_back(settle, call);
        http_answer(settle->http, call);
        call = next;
    }
    return true;
}
