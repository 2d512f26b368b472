#ifndef POLICY_MATCH_COMPILE_H
#define POLICY_MATCH_COMPILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* The first half of policy/match.h: pattern text becomes a list of items, without branches. */

enum { MATCH_COMPILE_CAPTURES_MAX = 32 };

enum match_op {
    MATCH_OP_DONE,
    MATCH_OP_BYTES,    /* exactly these */
    MATCH_OP_SET,      /* bytes of the set, `repeat` times */
    MATCH_OP_OPEN,     /* capture begins */
    MATCH_OP_CLOSE,    /* capture ends */
    MATCH_OP_POSITION, /* capture of the place itself */
    MATCH_OP_REFERENCE,
    MATCH_OP_BALANCE,  /* bytes: what opens and what closes */
    MATCH_OP_FRONTIER, /* from outside the set to inside */
    MATCH_OP_END,      /* of the subject */
    MATCH_OP_FAULT,
};

enum match_repeat {
    MATCH_ONCE,
    MATCH_OPTIONAL,
    MATCH_ANY_TIMES,
    MATCH_ONCE_OR_MORE,
    MATCH_FEWEST, /* any times, as few as will do */
};

enum match_syntax {
    MATCH_PATTERN,   /* a leading '^' ties the match to where the search begins */
    MATCH_NO_ANCHOR, /* a leading '^' is a plain character, as in gmatch */
};

struct match_item {
    uint8_t op;
    uint8_t repeat;
    uint8_t capture; /* its index, from 0 */
    bool any;        /* the set holds every byte */
    union {
        uint64_t set[4];  /* one bit a byte value */
        struct str bytes; /* borrowed from the pattern */
        const char *fault;
    };
};

struct match_pattern {
    struct match_item *items; /* the caller's room for compiled items */
    size_t room;
    bool anchored;
    bool swallows; /* if it fails at one place it fails at every later one: begins with .* or .- */
    uint8_t captures;
};

/* Compile text, from which the items then borrow. Returns how many items it takes; when that is
 * more than pattern->room they are not usable: come back with that much room. */
size_t match_compile(struct str text, enum match_syntax syntax, struct match_pattern *pattern);

#endif
