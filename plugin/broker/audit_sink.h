#ifndef BROKER_AUDIT_SINK_H
#define BROKER_AUDIT_SINK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/err.h"
#include "base/str.h"

/* Where records go beside the file: places that somebody else reads, and that may stall. Nobody
 * waits for such a reader: what a sink cannot take at once, it misses. */

/* One record, and the words of it that a sink may sort by. All text is borrowed, and may be empty.
 */
struct audit_entry {
    struct str line;  /* JSON, with its end */
    int severity;     /* of syslog(3) */
    struct str topic; /* "request", "response", or what event it is */
    struct str id;    /* the rest is of a decision only */
    struct str verdict;
    struct str reason;
    struct str action;
    struct str user;
};

struct audit_sink;

struct audit_sink_ops {
    const char *name; /* in the settings */
    MUST_CHECK int (*open)(struct audit_sink *sink, struct err *err);
    /* The whole record or nothing of it, at once. Errors: ERR_LIMIT: there is no room just now;
     * ERR_SYSTEM. */
    MUST_CHECK int (*write)(struct audit_sink *sink, const struct audit_entry *entry,
                            struct err *err);
};

struct audit_sink {
    const struct audit_sink_ops *ops;
    int fd; /* owned, but for standard output */
    bool is_required;
    uint64_t missed;    /* records since it last took one */
    uint64_t dropped;   /* records in all */
    struct buffer rest; /* of a line that standard output took half of */
};

extern const struct audit_sink_ops audit_stdout_ops;
extern const struct audit_sink_ops audit_syslog_ops;
extern const struct audit_sink_ops audit_journal_ops;

enum { AUDIT_SINKS_MAX = 3 };

struct audit_sinks {
    struct audit_sink list[AUDIT_SINKS_MAX];
    size_t count;
};

/* The sinks that names lists, as in "syslog, journald", those of required among them.
 * Errors: ERR_INVALID for a word that is none, ERR_SYSTEM. */
MUST_CHECK int audit_sinks_open(const char *names, const char *required, struct audit_sinks *ret,
                                struct err *err);
/* One more. It may be there already. Errors: ERR_SYSTEM. */
MUST_CHECK int audit_sinks_add(struct audit_sinks *sinks, struct str name, bool is_required,
                               struct err *err);
void audit_sinks_close(struct audit_sinks *sinks);

/* Hand entry over to all but one, which may be NULL, and but those that miss records: they are to
 * be told so first. Returns how many took it. A required one that just began to miss records is an
 * error: *ret_failed is set, and err. */
size_t audit_sinks_write(struct audit_sinks *sinks, const struct audit_sink *but,
                         const struct audit_entry *entry, bool *ret_failed, struct err *err);

#endif
