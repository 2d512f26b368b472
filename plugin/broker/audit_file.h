#ifndef BROKER_AUDIT_FILE_H
#define BROKER_AUDIT_FILE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#include "base/cleanup.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/str.h"

/* The trail in a file that is only appended to, one write() a record. Space is allocated ahead:
 * when that fails the file counts as failing while there still is room for the records that say so.
 */

struct audit_file_plan {
    const char *path;   /* borrowed */
    uint64_t bytes_max; /* before it is moved away for a new one; 0: no bound */
    uint64_t age_max_s; /* the same for the age of its first record */
    uint64_t files_max; /* moved away ones that are kept; 0: all */
};

struct audit_file {
    struct audit_file_plan plan;
    int fd; /* owned; -1: none is kept */
    bool is_regular;
    bool is_torn; /* half a line stands at its end and could not be taken back */
    off_t size;
    off_t reserved; /* allocated up to here */
    time_t born_s;
    time_t looked_s; /* when it was last asked whether the file is still at its path */
    char prev[DIGEST_HEX_BYTES + 1]; /* what the next record carries */
};

/* Open it, made 0600 when it is not there, and find where its trail ends. Half a line that a crash
 * of the machine left is taken away; its length goes to *ret_torn. Errors: ERR_SYSTEM. */
MUST_CHECK int audit_file_open(const struct audit_file_plan *plan, struct audit_file *ret,
                               off_t *ret_torn, struct err *err);
void audit_file_close(struct audit_file *file);
/* Open the path anew. On an error the old file is kept. */
MUST_CHECK int audit_file_reopen(struct audit_file *file, struct err *err);

/* Whether there is room beyond the next records. Errors: ERR_SYSTEM, with what is wrong. */
MUST_CHECK int audit_file_ready(struct audit_file *file, struct err *err);
/* Append one line. Whole, or not at all. */
MUST_CHECK int audit_file_write(struct audit_file *file, struct str line, struct err *err);
/* See to it once a second: whether it was moved away, or is due to be. Returns 1 when it was moved
 * away by us just now, 0, or -1. */
MUST_CHECK int audit_file_tend(struct audit_file *file, time_t now_s, struct err *err);
/* Errors: ERR_SYSTEM. */
MUST_CHECK int audit_file_sync(const struct audit_file *file, struct err *err);

#endif
