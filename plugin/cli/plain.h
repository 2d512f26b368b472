#ifndef CLI_PLAIN_H
#define CLI_PLAIN_H

#include <stdio.h>

#include "base/str.h"

/* Write text to a terminal: each of its lines behind indent, its last end of line left out, control
 * bytes as ? so that it cannot steer the terminal. */
void plain_write(struct str text, const char *indent, FILE *out);

#endif
