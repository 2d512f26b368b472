#include "cli/messages.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/frame.h"
#include "cli/place.h"
#include "cli/report.h"

typedef int take_message(void *context, struct session *session, struct str message);

bool messages_refuse(struct str message, struct verdict *ret)
{
    if (message.len == 0)
        *ret = (struct verdict){.reason = STR("engine-retry"),
                                .msg = STR("[engine-retry] the message is empty")};
    else if (message.len > FRAME_PAYLOAD_MAX)
        *ret = (struct verdict){.reason = STR("request"),
                                .msg = STR("[request.too-large] the message is over 8 MiB")};
    return message.len == 0 || message.len > FRAME_PAYLOAD_MAX;
}

static int take_lines(struct session *session, FILE *in, take_message *take, void *context)
{
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    int status = 0;

    while (status == 0 && (length = getline(&line, &size, in)) >= 0) {
        struct str text = {line, (size_t)length};

        if (str_ends(text, STR("\n")))
            text.len--;
        status = take(context, session, text);
    }
    if (status == 0 && ferror(in))
        status = report("cannot read the messages: %s", strerror(errno));
    free(line);
    return status;
}

static int open_session(const struct settings *settings, struct session *ret)
{
    struct err err;

    if (session_open(settings, ret, &err) < 0)
        return report("%s", err.msg);
    place_warn(settings->policy);
    if (!ret->loaded)
        (void)report("the policy does not load, so everything is denied:\n%.*s",
                     STR_FMT(buffer_view(&ret->findings)));
    return 0;
}

static int close_session(struct session *session, int status)
{
    status = session->loaded ? status : 1;
    session_close(session);
    return status;
}

int messages_run(const struct settings *settings, const char *file, take_message *take,
                 void *context)
{
    FILE *in = strcmp(file, "-") == 0 ? stdin : fopen(file, "re");
    struct session session;
    int status;

    if (!in)
        return report("%s: cannot be read: %s", file, strerror(errno));
    status = open_session(settings, &session);
    if (status == 0)
        status = close_session(&session, take_lines(&session, in, take, context));
    if (in != stdin)
        (void)fclose(in);
    return status;
}

int messages_run_one(const struct settings *settings, struct str message, take_message *take,
                     void *context)
{
    struct session session;
    int status = open_session(settings, &session);

    if (status == 0)
        status = close_session(&session, take(context, &session, message));
    return status;
}
