#ifndef CLI_MESSAGES_H
#define CLI_MESSAGES_H

#include "base/settings.h"
#include "cli/session.h"

/* Ask a worker about each AuthZReq message of file ("-": standard input), one a line: take gets it
 * with the session, and returns 0 to go on. Returns the exit status: 1 too when the policy set does
 * not load, of which messages are refused. */
int messages_run(const struct settings *settings, const char *file,
                 int (*take)(void *context, struct session *session, struct str message),
                 void *context);

/* The same with one message that is there already. */
int messages_run_one(const struct settings *settings, struct str message,
                     int (*take)(void *context, struct session *session, struct str message),
                     void *context);

/* Whether the daemon refuses a message before any worker sees it, and with what words. */
bool messages_refuse(struct str message, struct verdict *ret);

#endif
