#ifndef DOCKER_SPLIT_H
#define DOCKER_SPLIT_H

#include <stdbool.h>

#include "base/str.h"

/* Pieces of text between separators, as Go's strings.Split yields them: "a,,b" has three, "" has
 * one that is empty. */
struct split {
    struct str rest;
    char separator;
    bool done;
};

static inline struct split split_start(struct str text, char separator)
{
    return (struct split){text, separator, false};
}

/* The next piece in *ret; false when there is none. */
static inline bool split_next(struct split *split, struct str *ret)
{
    size_t end;

    if (split->done)
        return false;
    end = str_find(split->rest, split->separator);
    split->done = end == split->rest.len;
    *ret = str_take(split->rest, end);
    split->rest = str_skip(split->rest, end + 1);
    return true;
}

#endif
