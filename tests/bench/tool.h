#ifndef BENCH_TOOL_H
#define BENCH_TOOL_H

#include <stddef.h>
#include <stdint.h>

/* What a small measuring program needs: it stops at the first thing that goes wrong. */

/* CLOCK_MONOTONIC in nanoseconds. */
uint64_t tool_now_ns(void);

/* Print "bench: " and the sentence to stderr, then exit with status. */
_Noreturn void tool_die(int status, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* realloc() that does not fail; what is new in it is not zeroed. */
void *tool_resize(void *block, size_t size);

#endif
