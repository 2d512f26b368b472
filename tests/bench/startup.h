#ifndef BENCH_STARTUP_H
#define BENCH_STARTUP_H

#include "connection.h"

/* Start command again and again, and print how long it takes until the first message of the corpus
 * is allowed. Returns 0, or 1 when that never happens. */
int startup_measure(struct load *load, int runs, char **command);

#endif
