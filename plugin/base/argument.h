#ifndef BASE_ARGUMENT_H
#define BASE_ARGUMENT_H

#include "base/cleanup.h"
#include "base/err.h"
#include "base/str.h"

/* One step along a command line: --name, --name=value, or --name and its value as the next word.
 * Empty words are skipped: an engine that splits a managed plugin's arguments makes some. */
struct argument {
    struct str name;   /* without the dashes */
    const char *value; /* NULL: none was given with it */
};

/* *at moves past what was taken. Returns 1 with *ret filled, 0 at the end, or -1: ERR_INVALID for
 * what is no flag. */
MUST_CHECK int argument_next(char *const **at, struct argument *ret, struct err *err);

/* The argument wants a value: unless it has one, take the next word. Errors: ERR_INVALID. */
MUST_CHECK int argument_value(char *const **at, struct argument *argument, struct err *err);

#endif
