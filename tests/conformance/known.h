#ifndef CONFORMANCE_KNOWN_H
#define CONFORMANCE_KNOWN_H

#include <stdbool.h>

#include "docker/schema.h"

/* The fields that the oracle's types have. Our tables know fields of engines after 20.10 too: those
 * are neither generated nor compared. */

/* Take one of the oracle's fields: "HostConfig.Binds". Returns false when our table lacks it. */
bool known_add(const struct type *body, struct str path);
bool known_has(const struct field *field);
/* How many of our fields have been named so far. */
size_t known_count(void);

#endif
