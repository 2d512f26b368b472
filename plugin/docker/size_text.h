#ifndef DOCKER_SIZE_TEXT_H
#define DOCKER_SIZE_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Bytes of a tmpfs `size=` option as the kernel reads it: digits with k, m, g, t, p or e behind
 * them, in either case. False for an empty text, a percentage, and what the kernel refuses. */
bool size_text_tmpfs(struct str text, int64_t *ret);

/* Bytes of a storage option such as "10G", "512m", "1.5gb", "20GiB" (go-units, RAMInBytes). False
 * for what that calls an error. */
bool size_text_units(struct str text, int64_t *ret);

#endif
