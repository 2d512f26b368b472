#include "cli/decide.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/frame.h"
#include "cli/place.h"
#include "cli/report.h"
#include "cli/session.h"

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

static int decide_line(struct session *session, struct str line, struct buffer *out)
{
    struct verdict verdict = {0};
    struct err err;

    if (line.len == 0)
        verdict = (struct verdict){.reason = STR("engine-retry"),
                                   .msg = STR("[engine-retry] the message is empty")};
    else if (line.len > FRAME_PAYLOAD_MAX)
        verdict = (struct verdict){.reason = STR("request"),
                                   .msg = STR("[request.too-large] the message is over 8 MiB")};
    else if (session_decide(session, line, &verdict, &err) < 0)
        return report("%s", err.msg);
    return print_verdict(&verdict, out);
}

static int decide_lines(struct session *session, FILE *in)
{
    struct buffer out;
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    int status = 0;

    buffer_init(&out, OUTPUT_MAX_BYTES);
    while (status == 0 && (length = getline(&line, &size, in)) >= 0) {
        struct str text = {line, (size_t)length};

        if (str_ends(text, STR("\n")))
            text.len--;
        status = decide_line(session, text, &out);
    }
    if (status == 0 && ferror(in))
        status = report("cannot read the messages: %s", strerror(errno));
    free(line);
    buffer_done(&out);
    return status;
}

int decide_run(const struct settings *settings, const char *file)
{
    FILE *in = strcmp(file, "-") == 0 ? stdin : fopen(file, "re");
    struct session session;
    struct err err;
    int status;

    if (!in)
        return report("%s: cannot be read: %s", file, strerror(errno));
    if (session_open(settings, &session, &err) < 0) {
        status = report("%s", err.msg);
    } else {
        place_warn(settings->policy);
        if (!session.loaded)
            (void)report("the policy does not load, so everything is denied:\n%.*s",
                         STR_FMT(buffer_view(&session.findings)));
        status = decide_lines(&session, in);
        if (!session.loaded)
            status = 1;
        session_close(&session);
    }
    if (in != stdin)
        (void)fclose(in);
    return status;
}
