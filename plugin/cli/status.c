#include "cli/status.h"

#include <inttypes.h>
#include <stdio.h>

#include "cli/ask.h"
#include "cli/plain.h"
#include "cli/report.h"

enum { PATIENCE_S = 10 };

#define CONTINUED "            "

static void title(const char *name)
{
    (void)printf("%-12s", name);
}

static void put(const struct document *status, const char *path)
{
    plain_write(document_text(status, path), "", stdout);
}

static void put_number(const struct document *status, const char *path, const char *after)
{
    (void)printf("%" PRIu64 "%s", document_number(status, path), after);
}

static bool is_empty(const struct document *status, const char *path)
{
    return document_text(status, path).len == 0;
}

/* Words of several lines stand below what they belong to. */
static void put_words(const struct document *status, const char *path)
{
    if (is_empty(status, path))
        return;
    plain_write(document_text(status, path), CONTINUED, stdout);
    (void)putchar('\n');
}

static void put_span(uint64_t seconds)
{
    if (seconds >= 86400)
        (void)printf("%" PRIu64 " d ", seconds / 86400);
    if (seconds >= 3600)
        (void)printf("%" PRIu64 " h ", seconds / 3600 % 24);
    if (seconds >= 60)
        (void)printf("%" PRIu64 " min", seconds / 60 % 60);
    else
        (void)printf("%" PRIu64 " s", seconds);
}

static void daemon(const struct document *status)
{
    (void)printf("lua-authzd ");
    put(status, "version");
    (void)printf(", process ");
    put_number(status, "pid", ", up for ");
    put_span(document_number(status, "uptime_s"));
    (void)printf(" since ");
    put(status, "started");
    (void)putchar('\n');
    if (!is_empty(status, "amiss")) {
        title("AMISS");
        put(status, "amiss");
        (void)putchar('\n');
    }
}

static void policies(const struct document *status)
{
    title("policies");
    put(status, "policy");
    (void)printf(": generation ");
    put_number(status, "generation.number", ", ");
    put(status, "generation.state");
    if (!is_empty(status, "generation.since")) {
        (void)printf(" since ");
        put(status, "generation.since");
    }
    (void)putchar('\n');
    put_words(status, "generation.hash");
    put_words(status, "generation.why");
}

static void last_load(const struct document *status)
{
    title("last load");
    if (is_empty(status, "reload.time")) {
        (void)puts("none yet");
        return;
    }
    put(status, "reload.result");
    (void)printf(" at ");
    put(status, "reload.time");
    (void)printf("; of all, ");
    put_number(status, "reload.loaded", " loaded, ");
    put_number(status, "reload.failed", " failed\n");
    put_words(status, "reload.why");
}

static void put_count(void *context, const char *name, uint64_t number)
{
    const char **separator = context;

    if (!number)
        return;
    (void)printf("%s%" PRIu64 " %s", *separator, number, name);
    *separator = ", ";
}

static void workers(const struct document *status)
{
    const char *separator = "; ended: ";

    title("workers");
    put_number(status, "workers.idle", " idle, ");
    put_number(status, "workers.busy", " busy, ");
    put_number(status, "workers.starting", " starting, of ");
    put_number(status, "workers.min", " to ");
    put_number(status, "workers.max", "");
    document_numbers(status, "workers.exits", put_count, &separator);
    (void)putchar('\n');
}

static void calls(const struct document *status)
{
    title("calls");
    put_number(status, "waiting", " waiting, on ");
    put_number(status, "connections", " connections, ");
    put_number(status, "bytes_in_flight", " bytes held\n");
}

static void put_reason(void *context, const char *name, uint64_t number)
{
    (void)printf(CONTINUED "%-9s%-6s%-14s%12" PRIu64 "\n", ((const char **)context)[0],
                 ((const char **)context)[1], name, number);
}

static void decisions(const struct document *status)
{
    static const char *const kinds[][3] = {
        {"request", "allow", "decisions.request.allow"},
        {"request", "deny", "decisions.request.deny"},
        {"response", "allow", "decisions.response.allow"},
        {"response", "deny", "decisions.response.deny"},
    };

    title("decisions");
    put_number(status, "allowed", " allowed, ");
    put_number(status, "denied", " denied\n");
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const char *names[] = {kinds[i][0], kinds[i][1]};

        document_numbers(status, kinds[i][2], put_reason, names);
    }
}

static void troubles(const struct document *status)
{
    title("limits hit");
    put_number(status, "limits_hit.limit", " of instructions or memory, ");
    put_number(status, "limits_hit.deadline", " of time, ");
    put_number(status, "limits_hit.overload", " of load\n");
    title("lost");
    put_number(status, "empty_calls", " calls came without content, ");
    put_number(status, "undelivered", " answers found nobody\n");
}

static void trail(const struct document *status)
{
    const char *separator = "; dropped: ";
    bool has_sinks = !is_empty(status, "audit.sinks");

    title("audit");
    if (is_empty(status, "audit.place") && !has_sinks) {
        (void)puts("off");
        return;
    }
    put(status, "audit.place");
    if (has_sinks) {
        (void)printf(is_empty(status, "audit.place") ? "" : ", ");
        put(status, "audit.sinks");
    }
    (void)printf(document_truth(status, "audit.failing") ? ": FAILING, " : ": kept, ");
    put_number(status, "audit.errors", " errors");
    document_numbers(status, "audit.dropped", put_count, &separator);
    (void)putchar('\n');
}

static void print(const struct document *status)
{
    daemon(status);
    policies(status);
    last_load(status);
    workers(status);
    calls(status);
    decisions(status);
    troubles(status);
    trail(status);
}

int status_run(const struct settings *settings, enum status_form form)
{
    struct answer answer;
    struct err err;
    int status;

    if (ask(settings, "status\n", PATIENCE_S, &answer, &err) < 0)
        return report("%s", err.msg);
    if (!document_truth(answer.document, "ok")) {
        status = report("the daemon refuses:");
        plain_write(document_text(answer.document, "error"), "  ", stderr);
        (void)fputc('\n', stderr);
    } else {
        status = is_empty(answer.document, "amiss") ? 0 : 1;
        if (form == STATUS_JSON)
            (void)printf("%.*s\n", STR_FMT(buffer_view(&answer.text)));
        else
            print(answer.document);
    }
    ask_done(&answer);
    return fflush(stdout) == 0 ? status : 1;
}
