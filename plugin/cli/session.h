#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/settings.h"
#include "base/verdict.h"
#include "base/worker_link.h"

/* One policy set and the worker that decides with it: the very worker that serves. */
struct session {
    const struct settings *settings; /* borrowed */
    int snapshot;                    /* owned descriptor */
    struct worker_link worker;
    struct buffer input;    /* the last frame from the worker */
    struct buffer findings; /* why the set does not load, or what is doubtful in it; by lines */
    bool loaded;            /* the set is in force */
    char words[512];        /* of a verdict that no worker gave */
};

/* Take a snapshot of the directories and let a worker load it. A set that does not load is no
 * error: loaded is false then, and the worker denies. Errors: ERR_SYSTEM, ERR_LIMIT, ERR_INVALID.
 */
MUST_CHECK int session_open(const struct settings *settings, struct session *ret, struct err *err);
void session_close(struct session *session);

/* Look for what is doubtful in a set that loads; it is added to the findings, as is the end of a
 * worker whose rules go past a limit. Errors: ERR_SYSTEM, ERR_NOMEM. */
MUST_CHECK int session_lint(struct session *session, struct err *err);

/* Decide one AuthZReq message. *ret borrows from the session until its next call. A worker that is
 * lost on the way is a denial; another one takes its place.
 * Errors: ERR_SYSTEM when no worker can be had. */
MUST_CHECK int session_decide(struct session *session, struct str message, struct verdict *ret,
                              struct err *err);

/* The same, explained: *ret is a JSON object (worker/explain.h). Returns 1; or 0 when the worker
 * was lost on the way, with *lost filled instead. Errors: ERR_SYSTEM. */
MUST_CHECK int session_explain(struct session *session, struct str message, struct verdict *lost,
                               struct str *ret, struct err *err);

#endif
