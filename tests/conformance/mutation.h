#ifndef CONFORMANCE_MUTATION_H
#define CONFORMANCE_MUTATION_H

#include "base/buffer.h"
#include "random.h"

/* Perhaps damage a body: cut it, change, add or take away bytes, or put something behind it. */
void mutation_apply(struct random *random, struct buffer *body);

#endif
