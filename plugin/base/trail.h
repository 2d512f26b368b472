#ifndef BASE_TRAIL_H
#define BASE_TRAIL_H

#include <glob.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/cleanup.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/str.h"

/* The audit trail as it stands in files: one record a line, each of which begins with
 * {"v":1,"time":"YYYY-MM-DDThh:mm:ss.ffffffZ","prev":"<SHA-256 of the line before, without its
 * end>" so that no line can be changed, left out, put in or moved unnoticed, but the newest ones.
 */

#define TRAIL_HEAD "{\"v\":1,\"time\":\""
#define TRAIL_PREV "\",\"prev\":\""
/* What the first record of all carries. */
#define TRAIL_ORIGIN "0000000000000000000000000000000000000000000000000000000000000000"

enum {
    TRAIL_LINE_MAX = 8 * 1024, /* with its end */
    TRAIL_TIME_BYTES = 27,
    /* What one field of a record may take. */
    TRAIL_WORD_MAX = 128,
    TRAIL_NAME_MAX = 512,
    TRAIL_URI_MAX = 1536,
};

/* The time and the hash that a line carries. Returns false when it does not begin as a record. */
bool trail_read(struct str line, struct str *ret_time, struct str *ret_prev);

/* The end of a trail, to go on from. */
struct trail_end {
    char hash[DIGEST_HEX_BYTES + 1]; /* of the last whole line; TRAIL_ORIGIN when there is none */
    off_t torn;                      /* bytes of a line behind it that was never finished */
    bool empty;                      /* there is no whole line */
};

/* Read the end of a regular file. Errors: ERR_SYSTEM. */
MUST_CHECK int trail_find_end(int fd, struct trail_end *ret, struct err *err);

/* Files of the trail at path that were moved away, as PATH.20260131T120000.123456Z: by name, which
 * is the order of time. The caller frees *ret with globfree(). Returns false when there is none. */
bool trail_find_moved(const char *path, glob_t *ret);

#endif
