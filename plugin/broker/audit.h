#ifndef BROKER_AUDIT_H
#define BROKER_AUDIT_H

#include <stdint.h>
#include <time.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/err.h"
#include "base/str.h"
#include "base/verdict.h"

/* The trail of decisions: one JSON line each, of at most 8 KiB, by one write() to a file that is
 * only appended to. A record is with the kernel before its answer is sent, so whatever an engine
 * was told survives a crash of ours. Bodies never stand in it. */
struct audit {
    int fd;     /* owned unless it is standard output; -1: no trail is kept */
    char *path; /* owned, or NULL */
    struct buffer line;
    time_t stamped; /* the second that stamp tells */
    char stamp[32];
};

struct audit_record {
    struct str id;
    const char *stage; /* "request" or "response" */
    const struct verdict *verdict;
    uint64_t generation;
    uint64_t body_bytes; /* of the message */
    uint64_t queue_us;   /* from its last byte to a worker */
    uint64_t decide_us;  /* from the worker to the verdict */
};

/* path: a file, made 0600 when it is not there; "-" for standard output; "" for no trail. */
MUST_CHECK int audit_open(const char *path, struct audit *ret, struct err *err);
void audit_close(struct audit *audit);
/* Open the file anew, after it was moved away. On an error the old one is kept. */
MUST_CHECK int audit_reopen(struct audit *audit, struct err *err);

MUST_CHECK int audit_decision(struct audit *audit, const struct audit_record *record,
                              struct err *err);
/* Something that is no decision: "start", "reload", "undelivered"; subject may be empty. */
MUST_CHECK int audit_event(struct audit *audit, const char *event, struct str subject,
                           struct err *err);

#endif
