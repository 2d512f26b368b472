#include "cli/explain.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "base/document.h"
#include "cli/explanation.h"
#include "cli/messages.h"
#include "cli/report.h"
#include "cli/trail_search.h"
#include "cli/tree.h"

enum { OUTPUT_MAX_BYTES = 1024 * 1024 };

/* Where the managed plugin writes on its host. */
#define MANAGED_AUDIT "/var/log/lua-authz/audit.jsonl"

struct explain {
    enum explain_form form;
    struct paint paint;
    struct buffer lost; /* an explanation that no worker gave */
    bool is_next;       /* another one stands before it */
};

/* What is known when the worker was lost on the way: its end is the explanation. */
static struct str explain_loss(struct explain *now, const struct verdict *lost)
{
    buffer_reset(&now->lost, SIZE_MAX);
    (void)buffer_str(&now->lost, STR("{\"allow\":false,\"reason\":"));
    (void)buffer_json(&now->lost, lost->reason);
    (void)buffer_str(&now->lost, STR(",\"msg\":"));
    (void)buffer_json(&now->lost, lost->msg);
    (void)buffer_str(&now->lost, STR(",\"action\":\"\",\"rules\":[]}"));
    return buffer_view(&now->lost);
}

static int print(struct explain *now, struct str explanation)
{
    struct document *document;
    struct err err;

    if (document_parse(explanation, &document, &err) < 0)
        return report("the worker's explanation is %s", err.msg);
    if (now->form == EXPLAIN_JSON) {
        (void)fwrite(explanation.ptr, 1, explanation.len, stdout);
    } else {
        if (now->is_next)
            (void)putchar('\n');
        explanation_print(&now->paint, document);
    }
    document_free(document);
    now->is_next = true;
    return 0;
}

static int end_output(void)
{
    if (fflush(stdout) != 0 || ferror(stdout))
        return report("cannot write the explanation: %s", strerror(errno));
    return 0;
}

static int explain_one(void *context, struct session *session, struct str message)
{
    struct explain *now = context;
    struct verdict lost = {0};
    struct str explanation;
    struct err err;
    int status = 0;

    if (!messages_refuse(message, &lost))
        status = session_explain(session, message, &lost, &explanation, &err);
    if (status < 0)
        return report("%s", err.msg);
    if (status == 0)
        explanation = explain_loss(now, &lost);
    return print(now, explanation);
}

static int explain_message(void *context, struct session *session, struct str message)
{
    struct explain *now = context;
    int status = explain_one(context, session, message);

    if (status == 0 && now->form == EXPLAIN_JSON)
        (void)putchar('\n');
    return status == 0 ? end_output() : status;
}

static void put_record_member(void *context, struct str name, const struct document *value)
{
    static const struct str told_elsewhere[] = {
        STR_INIT("v"),      STR_INIT("prev"), STR_INIT("verdict"), STR_INIT("action"),
        STR_INIT("method"), STR_INIT("uri"),  STR_INIT("capture"),
    };
    const struct paint *paint = context;
    char text[DOCUMENT_SCALAR_BYTES];

    for (size_t i = 0; i < sizeof told_elsewhere / sizeof told_elsewhere[0]; i++)
        if (str_eq(name, told_elsewhere[i]))
            return;
    (void)fputs("  ", paint->out);
    paint_text(paint, PAINT_PLAIN, name);
    if (document_kind(value, "") == DOCUMENT_SCALAR) {
        (void)fputs(": ", paint->out);
        paint_text(paint, PAINT_PLAIN, document_scalar(value, "", text));
        (void)fputc('\n', paint->out);
    } else {
        (void)fputc('\n', paint->out);
        tree_print(paint, value, 4);
    }
}

static void put_events(const struct paint *paint, struct str events)
{
    while (events.len) {
        struct str line = str_take(events, str_find(events, '\n'));
        struct document *event;
        struct err ignored;

        events = str_skip(events, line.len + 1);
        if (document_parse(line, &event, &ignored) < 0)
            continue;
        (void)fputs("  then: ", paint->out);
        paint_text(paint, PAINT_YELLOW, document_text(event, "event"));
        (void)fputs(" at ", paint->out);
        paint_text(paint, PAINT_PLAIN, document_text(event, "time"));
        (void)fputc('\n', paint->out);
        document_free(event);
    }
}

static void put_record(const struct paint *paint, const struct document *record,
                       const struct trail_found *found)
{
    explanation_title(paint, str_eq(document_text(record, "verdict"), STR("allow")),
                      document_text(record, "action"), document_text(record, "method"),
                      document_text(record, "uri"));
    document_each(record, "", put_record_member, str_unconst(paint));
    put_events(paint, buffer_view(&found->events));
}

static void put_events_json(struct str events)
{
    const char *separator = "";

    while (events.len) {
        struct str line = str_take(events, str_find(events, '\n'));

        (void)fputs(separator, stdout);
        (void)fwrite(line.ptr, 1, line.len, stdout);
        separator = ",";
        events = str_skip(events, line.len + 1);
    }
}

/* The captured request, decided anew by the policies that are there now. */
static int explain_capture(struct explain *now, const struct settings *settings,
                           const struct document *record)
{
    struct str captured = document_text(record, "capture");
    bool is_text = now->form == EXPLAIN_TEXT;

    if (captured.len == 0) {
        if (is_text)
            (void)printf("\nThe request was not kept%s.\n",
                         document_number(record, "capture_left_out")
                             ? ": it is too long for a record"
                             : " (see audit-capture), so it cannot be decided again");
        return 0;
    }
    if (is_text) {
        (void)fputs("\nthe same request by the policies of ", stdout);
        paint_text(&now->paint, PAINT_PLAIN, str_from(settings->policy));
        (void)fputs(", without its secrets\n", stdout);
    } else {
        (void)fputs(",\"explanation\":", stdout);
    }
    return messages_run_one(settings, captured, explain_one, now);
}

static int tell(struct explain *now, const struct settings *settings,
                const struct trail_found *found)
{
    struct document *record;
    struct err err;
    int status;

    if (document_parse(buffer_view(&found->record), &record, &err) < 0)
        return report("%s", err.msg);
    if (now->form == EXPLAIN_TEXT) {
        put_record(&now->paint, record, found);
    } else {
        (void)printf("{\"record\":%.*s,\"events\":[", STR_FMT(buffer_view(&found->record)));
        put_events_json(buffer_view(&found->events));
        (void)fputs("]", stdout);
    }
    status = explain_capture(now, settings, record);
    if (now->form == EXPLAIN_JSON)
        (void)fputs("}\n", stdout);
    document_free(record);
    return status == 0 ? end_output() : status;
}

static int explain_decision(struct explain *now, const struct settings *settings, const char *id)
{
    const char *file =
        settings->audit[0] == '/' || settings->audit[0] == '.' ? settings->audit : MANAGED_AUDIT;
    struct trail_found found;
    struct err err;
    int status;

    trail_found_init(&found);
    status = trail_search(file, id, &found, &err);
    if (status < 0)
        status = report("%s", err.msg);
    else if (status == 0)
        status = report("%s and the files moved away from it have no decision %s", file, id);
    else
        status = tell(now, settings, &found);
    trail_found_done(&found);
    return status;
}

int explain_run(const struct settings *settings, const char *what, enum explain_form form)
{
    struct explain now = {.form = form, .paint = paint_on(stdout)};
    int status;

    buffer_init(&now.lost, OUTPUT_MAX_BYTES);
    if (trail_search_is_id(what) && access(what, F_OK) != 0)
        status = explain_decision(&now, settings, what);
    else
        status = messages_run(settings, what, explain_message, &now);
    buffer_done(&now.lost);
    return status;
}
