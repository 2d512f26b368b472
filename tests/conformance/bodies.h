#ifndef CONFORMANCE_BODIES_H
#define CONFORMANCE_BODIES_H

#include <stdint.h>

#include "docker/schema.h"

/* The bodies that the oracle knows, by the names that it gives them. */
struct body {
    const char *name;
    const struct type *type;
    unsigned weight; /* how often it is generated, against the others */
};

extern const struct body bodies[];
extern const size_t bodies_count;

/* NULL when there is none of that name. */
const struct body *bodies_find(struct str name);
/* One by its weight: any number does. */
const struct body *bodies_pick(uint64_t number);

#endif
