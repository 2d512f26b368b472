#ifndef DOCKER_NUMBER_H
#define DOCKER_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Numbers in text as Go's strconv reads them in base 10; false for what it calls an error. */

/* strconv.ParseUint(text, 10, 64) with an upper bound: digits only, leading zeros allowed. */
bool number_unsigned(struct str text, uint64_t max, uint64_t *ret);

/* strconv.Atoi on a 64-bit machine: an optional sign, then digits. */
bool number_signed(struct str text, int64_t *ret);

#endif
