#ifndef BROKER_AUDIT_LINE_H
#define BROKER_AUDIT_LINE_H

#include <stdint.h>
#include <time.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/err.h"
#include "base/str.h"
#include "base/utc.h"
#include "base/verdict.h"

/* One record of the trail as a line of JSON, at most 8 KiB with its end. Its form is the schema in
 * audit.schema.json. Bodies never stand in it. */
struct audit_line {
    struct buffer text;
    time_t stamped; /* the second that stamp tells */
    char stamp[UTC_TEXT_BYTES];
};

struct audit_record {
    struct str id;
    const char *stage; /* "request" or "response" */
    const struct verdict *verdict;
    uint64_t generation;
    const char *policy;  /* SHA-256 of the generation's files; "" when none decided */
    uint64_t body_bytes; /* of the message */
    uint64_t queue_us;   /* from its last byte to a worker */
    uint64_t decide_us;  /* from the worker to the verdict */
};

void audit_line_init(struct audit_line *line);
void audit_line_done(struct audit_line *line);

/* Write the record over what stands in line; prev: hash of the record before it.
 * Errors: ERR_LIMIT, ERR_NOMEM. */
MUST_CHECK int audit_line_decision(struct audit_line *line, const char *prev,
                                   const struct audit_record *record, struct err *err);
/* Something that is no decision: "start", "reload", "undelivered"; subject may be empty. */
MUST_CHECK int audit_line_event(struct audit_line *line, const char *prev, const char *event,
                                struct str subject, struct err *err);

#endif
