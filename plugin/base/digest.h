#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <nettle/sha2.h>

#include "base/cleanup.h"
#include "base/err.h"
#include "base/str.h"

/* SHA-256, in hexadecimal. */

enum { DIGEST_HEX_BYTES = 2 * SHA256_DIGEST_SIZE };

struct digest {
    struct sha256_ctx state;
};

void digest_init(struct digest *digest);
void digest_add(struct digest *digest, struct str bytes);
/* What was added so far, as 64 lower-case digits and a NUL; digest is as new then. */
void digest_end(struct digest *digest, char ret[DIGEST_HEX_BYTES + 1]);

/* Of one text. */
void digest_hex(struct str bytes, char ret[DIGEST_HEX_BYTES + 1]);

/* Of a snapshot's files, by name: the same for the same files, in whatever order they were read.
 * Errors: those of snapshot_open(). */
MUST_CHECK int digest_snapshot(int fd, char ret[DIGEST_HEX_BYTES + 1], struct err *err);

#endif
