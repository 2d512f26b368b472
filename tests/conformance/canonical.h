#ifndef CONFORMANCE_CANONICAL_H
#define CONFORMANCE_CANONICAL_H

#include "base/buffer.h"
#include "docker/node.h"
#include "docker/schema.h"

/* Print what the reader made of a body as the oracle does: see oracle/main.go. Sorts the members
 * of structs. */
void canonical_print(const struct type *type, struct node *node, struct buffer *out);

#endif
