#ifndef CLI_ASK_H
#define CLI_ASK_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/document.h"
#include "base/settings.h"

/* What a running daemon says on its control socket. */
struct answer {
    struct buffer text; /* one line of JSON, without its end */
    struct document *document;
};

/* Ask it one thing. Where settings name no control socket and none is at the default place, that of
 * a managed plugin is looked for. Errors: ERR_SYSTEM, ERR_INVALID, with what to do. */
MUST_CHECK int ask(const struct settings *settings, const char *request, unsigned int patience_s,
                   struct answer *ret, struct err *err);
void ask_done(struct answer *answer);

#endif
