#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <unistd.h>

#include "base/str.h"

/* A failed check names its place and ends the test program with 1. */
#define CHECK(condition) check_that((condition), __FILE__, __LINE__, #condition)

/* The str `got` holds exactly the bytes of the string literal `want`. */
#define CHECK_STR(got, want) check_str((got), STR(want), __FILE__, __LINE__)

static inline void check_that(bool holds, const char *file, int line, const char *condition)
{
    if (holds)
        return;
    (void)fprintf(stderr, "%s:%d: failed: %s\n", file, line, condition);
    _exit(1);
}

static inline void check_str(struct str got, struct str want, const char *file, int line)
{
    if (str_eq(got, want))
        return;
    (void)fprintf(stderr, "%s:%d: got \"%.*s\", want \"%.*s\"\n", file, line, STR_FMT(got),
                  STR_FMT(want));
    _exit(1);
}

#endif
