#ifndef BASE_INSTALL_H
#define BASE_INSTALL_H

#include <stddef.h>

#include "base/cleanup.h"
#include "base/err.h"

/* Where the other parts of this installation are: beside the running program, as in a build tree,
 * else where they were installed to. Each fills ret with a path, NUL-terminated.
 * Errors: ERR_SYSTEM, ERR_LIMIT. */

/* The program lua-authz-worker. */
MUST_CHECK int install_worker(char *ret, size_t size, struct err *err);
/* The directory with profiles/ and rules/. */
MUST_CHECK int install_library(char *ret, size_t size, struct err *err);

#endif
