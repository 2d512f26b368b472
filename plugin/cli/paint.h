#ifndef CLI_PAINT_H
#define CLI_PAINT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/str.h"

/* Text from requests on a terminal. */
struct paint {
    FILE *out;
    bool colours;
};

enum paint_colour { PAINT_PLAIN, PAINT_BOLD, PAINT_RED, PAINT_GREEN, PAINT_YELLOW, PAINT_DIM };

/* Colours only where out is a terminal that has them and nobody asked for none: NO_COLOR, see
 * https://no-color.org. */
struct paint paint_on(FILE *out);

/* Bytes and characters that could steer the terminal, or change the order in which text is shown,
 * stand as escapes: \n, \x1b, \u202e. */
void paint_text(const struct paint *paint, enum paint_colour colour, struct str text);

#endif
