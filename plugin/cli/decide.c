#include "cli/decide.h"

#include <errno.h>
#include <stdio.h>

#include "cli/messages.h"
#include "cli/report.h"

enum { OUTPUT_MAX_BYTES = 16 * 1024 * 1024 };

static void put_member(struct buffer *out, const char *key, struct str value)
{
    (void)buffer_printf(out, "\"%s\":", key);
    (void)buffer_json(out, value);
}

static void put_finding(struct buffer *out, const struct finding *finding)
{
    (void)buffer_str(out, STR("{"));
    put_member(out, "rule", finding->rule);
    (void)buffer_str(out, STR(","));
    put_member(out, "effect", finding->effect);
    (void)buffer_str(out, STR(","));
    put_member(out, "mode", finding->mode);
    (void)buffer_str(out, STR(","));
    put_member(out, "msg", finding->msg);
    (void)buffer_str(out, STR(","));
    put_member(out, "field", finding->field);
    (void)buffer_str(out, STR(","));
    put_member(out, "fix", finding->fix);
    (void)buffer_str(out, STR("}"));
}

static int print_verdict(const struct verdict *verdict, struct buffer *out)
{
    buffer_reset(out, SIZE_MAX);
    (void)buffer_printf(out, "{\"allow\":%s,", verdict->allow ? "true" : "false");
    put_member(out, "msg", verdict->msg);
    (void)buffer_str(out, STR(","));
    put_member(out, "action", verdict->action);
    (void)buffer_str(out, STR(",\"findings\":["));
    for (size_t i = 0; i < verdict->count; i++) {
        if (i > 0)
            (void)buffer_str(out, STR(","));
        put_finding(out, &verdict->findings[i]);
    }
    (void)buffer_str(out, STR("]}\n"));
    if (out->failed || fwrite(out->data, 1, out->len, stdout) != out->len || fflush(stdout) != 0)
        return report("cannot write the verdict: %s", strerror(errno));
    return 0;
}

static int decide_message(void *context, struct session *session, struct str message)
{
    struct buffer *out = context;
    struct verdict verdict = {0};
    struct err err;

    if (!messages_refuse(message, &verdict) && session_decide(session, message, &verdict, &err) < 0)
        return report("%s", err.msg);
    return print_verdict(&verdict, out);
}

int decide_run(const struct settings *settings, const char *file)
{
    struct buffer out;
    int status;

    buffer_init(&out, OUTPUT_MAX_BYTES);
    status = messages_run(settings, file, decide_message, &out);
    buffer_done(&out);
    return status;
}
