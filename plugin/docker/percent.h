#ifndef DOCKER_PERCENT_H
#define DOCKER_PERCENT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

enum percent_mode {
    PERCENT_PATH,  /* "+" is a plus sign */
    PERCENT_QUERY, /* "+" is a blank */
};

/* Whether each "%" has its two hexadecimal digits. */
bool percent_valid(struct str text);

/* Decode text once; what is not a whole escape stays as it is. Returns text itself where there is
 * nothing to decode; .ptr is NULL when the arena is full. */
struct str percent_decode(struct str text, enum percent_mode mode, struct arena *arena);

#endif
