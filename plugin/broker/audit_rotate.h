#ifndef BROKER_AUDIT_ROTATE_H
#define BROKER_AUDIT_ROTATE_H

#include <stdint.h>
#include <time.h>

#include "base/cleanup.h"
#include "base/err.h"
#include "base/trail.h"

/* Files of the trail that were moved away: PATH.20260131T120000.123456Z. By name they stand in the
 * order of time. */

/* Move the file at path away; the caller opens a new one. Errors: ERR_SYSTEM. */
MUST_CHECK int audit_rotate_away(const char *path, struct err *err);
/* Delete the oldest ones but keep; 0 keeps all. */
void audit_rotate_prune(const char *path, uint64_t keep);
/* Where the newest of them ends; *ret is left alone when there is none. Errors: ERR_SYSTEM. */
MUST_CHECK int audit_rotate_last(const char *path, struct trail_end *ret, struct err *err);
/* The time of a file's first record, or of now. */
time_t audit_rotate_born(int fd);

#endif
