#ifndef CONFORMANCE_GENERATOR_H
#define CONFORMANCE_GENERATOR_H

#include <stdint.h>

#include "base/buffer.h"
#include "docker/schema.h"

/* Write a body for the type: fields that the oracle knows, in plain and in odd spellings, twice and
 * with null, with values of every kind; and then perhaps damage it. The same seed writes the same
 * body. */
void generator_body(uint64_t seed, const struct type *type, struct buffer *out);

#endif
