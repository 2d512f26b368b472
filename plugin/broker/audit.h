#ifndef BROKER_AUDIT_H
#define BROKER_AUDIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "base/err.h"
#include "base/settings.h"
#include "broker/audit_file.h"
#include "broker/audit_line.h"
#include "broker/audit_sink.h"

/* The trail of decisions. A record is with the kernel before its answer is sent, so whatever an
 * engine was told survives a crash of ours. The file keeps the chain; the sinks get copies. */

enum audit_on_failure { AUDIT_DENY, AUDIT_ALLOW_READ_ONLY, AUDIT_ALLOW };

struct audit {
    struct audit_file file;
    struct audit_sinks sinks;
    char prev[DIGEST_HEX_BYTES + 1]; /* of a trail that is in no file */
    struct audit_line line;
    enum audit_on_failure on_failure;
    bool syncs;       /* before answers are sent */
    bool is_unsynced; /* something was written since */
    bool is_failing;
    uint64_t errors; /* of the file, and of sinks that are required */
};

/* Errors: ERR_SYSTEM, ERR_INVALID for a setting that is no word of its list. */
MUST_CHECK int audit_open(const struct settings *settings, struct audit *ret, struct err *err);
void audit_close(struct audit *audit);
/* Open the file anew, after it was moved away. On an error the old one is kept. */
MUST_CHECK int audit_reopen(struct audit *audit, struct err *err);

/* Whether the trail is kept at all. */
bool audit_is_on(const struct audit *audit);
/* Whether decisions may be recorded; if not, err says why, and the first time the trail says so
 * too: what is kept in reserve is for that. */
MUST_CHECK int audit_ready(struct audit *audit, struct err *err);
/* Whether a call of that class may be allowed though the trail fails. */
bool audit_lets_pass(const struct audit *audit, struct str class);

MUST_CHECK int audit_decision(struct audit *audit, const struct audit_record *record,
                              struct err *err);
MUST_CHECK int audit_event(struct audit *audit, const char *event, struct str subject,
                           struct err *err);
/* The same where nothing depends on it: the log says what cannot be recorded. */
void audit_note(struct audit *audit, const char *event, struct str subject);

/* Bring what was written to the disk, if that was asked for. */
MUST_CHECK int audit_sync(struct audit *audit, struct err *err);

#endif
