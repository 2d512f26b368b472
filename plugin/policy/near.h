#ifndef POLICY_NEAR_H
#define POLICY_NEAR_H

#include <stddef.h>

#include "base/str.h"

/* Looks for the name that somebody may have meant: offered names are compared with what was
 * written; the nearest within two slips of the pen (a letter more, less, wrong, or two swapped) is
 * kept. */
struct near {
    struct str written;
    struct str best; /* empty: none is near */
    size_t distance;
};

enum { NEAR_HINT_BYTES = 96 };

void near_init(struct near *near, struct str written);
void near_offer(struct near *near, struct str name);

/* "; did you mean 'x'?" in text, or "" when none is near. Returns text. */
const char *near_hint(const struct near *near, char text[static NEAR_HINT_BYTES]);

#endif
