#ifndef CLI_TRAIL_ORDER_H
#define CLI_TRAIL_ORDER_H

#include <stddef.h>

/* Put files of a trail in the order of their first records: a shell names the newest one first.
 * They stay as they are where the first record of one cannot be read, as of a pipe. */
void trail_order(char **files, size_t count);

#endif
