#ifndef BROKER_AUDIT_DATAGRAM_H
#define BROKER_AUDIT_DATAGRAM_H

#include <stddef.h>

#include "base/cleanup.h"
#include "base/err.h"
#include "base/str.h"

/* Datagrams to a local socket of another's, which may not be there yet, or be made anew: each one
 * finds it by its path. */

/* Errors: ERR_SYSTEM. */
MUST_CHECK int audit_datagram_open(int *ret, struct err *err);
/* At most two parts as one datagram, at once or not at all. Errors: ERR_LIMIT when
 * its queue is full, ERR_SYSTEM. */
MUST_CHECK int audit_datagram_send(int fd, const char *path, const struct str *parts, size_t count,
                                   struct err *err);

#endif
