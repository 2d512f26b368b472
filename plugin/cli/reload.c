#include "cli/reload.h"

#include <inttypes.h>
#include <stdio.h>

#include "cli/ask.h"
#include "cli/plain.h"
#include "cli/report.h"

enum { PATIENCE_S = 70 };

static int refused(struct str why)
{
    (void)report("not reloaded:");
    plain_write(why, "  ", stderr);
    (void)fputc('\n', stderr);
    return 1;
}

int reload_run(const struct settings *settings)
{
    struct answer answer;
    struct err err;
    int status = 0;

    if (ask(settings, "reload\n", PATIENCE_S, &answer, &err) < 0)
        return report("%s", err.msg);
    if (!document_truth(answer.document, "ok"))
        status = refused(document_text(answer.document, "error"));
    else if (printf("generation %" PRIu64 " is in force, hash %.*s\n",
                    document_number(answer.document, "generation"),
                    STR_FMT(document_text(answer.document, "hash"))) < 0)
        status = 1;
    ask_done(&answer);
    return status;
}
