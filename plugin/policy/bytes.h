#ifndef POLICY_BYTES_H
#define POLICY_BYTES_H

#include <stddef.h>

#include "base/str.h"

/* Index of the first needle in s, or SIZE_MAX. Linear time: glibc's memmem is, beyond short texts,
 * for which its set-up costs more than the search. */
size_t bytes_find(struct str s, struct str needle);

#endif
