#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"

/* A failed check names its place and ends the test program with 1. */
#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            (void)fprintf(stderr, "%s:%d: failed: %s\n", __FILE__, __LINE__, #condition);          \
            exit(1);                                                                               \
        }                                                                                          \
    } while (0)

/* The str `got` holds exactly the bytes of the string literal `want`. */
#define CHECK_STR(got, want)                                                                       \
    do {                                                                                           \
        struct str check_got = (got);                                                              \
        if (!str_eq(check_got, STR(want))) {                                                       \
            (void)fprintf(stderr, "%s:%d: got \"%.*s\", want \"%s\"\n", __FILE__, __LINE__,        \
                          STR_FMT(check_got), want);                                               \
            exit(1);                                                                               \
        }                                                                                          \
    } while (0)

#endif
