#ifndef POLICY_GLOB_H
#define POLICY_GLOB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Does pattern cover the whole of s? '*' stands for any bytes, none and '/' included, '?' for
 * exactly one byte, everything else for itself; nothing can be escaped. Takes linear time, but for
 * '?' between two '*', where it is the product of both lengths at worst. */
bool glob_match(struct str pattern, struct str s);

/* An upper bound of the bytes that glob_match() looks at. */
uint64_t glob_cost_bytes(struct str pattern, struct str s);

#endif
