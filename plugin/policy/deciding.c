#include "policy/deciding.h"

#include <stdarg.h>
#include <stdio.h>

#include "policy/faults.h"

struct str deciding_clean(struct deciding *now, struct str text)
{
    return message_clean(&now->set->texts, text, MESSAGE_TEXT_MAX_BYTES);
}

void deciding_add(struct deciding *now, const struct said *said)
{
    bool denies = said->effect == DECISION_DENY && said->mode == MODE_ENFORCE;
    bool has_room = now->verdict->count < VERDICT_FINDINGS_MAX;
    struct finding finding;

    now->is_denied |= denies;
    if (!has_room && !(denies && now->message->untold == 0)) {
        now->message->untold += denies;
        return;
    }
    finding = (struct finding){
        .rule = said->rule,
        .effect = decision_effect_name(said->effect),
        .mode = mode_name(said->mode),
        .msg = deciding_clean(now, said->msg),
        .field = deciding_clean(now, said->field),
        .fix = deciding_clean(now, said->fix),
    };
    if (denies)
        message_add(now->message, said->label, finding.msg, finding.field, finding.fix);
    if (has_room)
        now->verdict->findings[now->verdict->count++] = finding;
}

void deciding_error(struct deciding *now, const struct rule *rule, struct str msg)
{
    now->has_error = true;
    if (now->faults)
        faults_add_first(now->faults, deciding_clean(now, msg));
    deciding_add(now,
                 &(struct said){
                     .label = STR("policy-error"),
                     .rule = rule->id,
                     .effect = DECISION_DENY,
                     .mode = MODE_ENFORCE,
                     .msg = msg,
                     .fix = STR("tell whoever keeps the policies of this engine: rule and line "
                                "stand here; the request itself may be fine"),
                 });
}

void deciding_error_at(struct deciding *now, const struct rule *rule, int line, const char *fmt,
                       ...)
{
    char text[512];
    int used = snprintf(text, sizeof text, "%.*s:%d: ", STR_FMT(rule->source->name),
                        line ? line : rule->line);
    va_list args;

    va_start(args, fmt);
    if (used >= 0 && (size_t)used < sizeof text)
        (void)vsnprintf(text + used, sizeof text - (size_t)used, fmt, args);
    va_end(args);
    deciding_error(now, rule, str_from(text));
}
