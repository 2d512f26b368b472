#ifndef POLICY_MATCH_H
#define POLICY_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "policy/match_compile.h"

/* Lua's patterns (Lua 5.4 manual, section 6.4.1), matched without recursion and with every step
 * counted, so that no pattern and no subject can hold a thread. A pattern is compiled first; faults
 * in it count only when the match gets as far as them, as in Lua's own library. */

enum { MATCH_CHOICES_MAX = 200 }; /* repetitions that can still be taken back at one time */

enum match_outcome {
    MATCH_NO,
    MATCH_YES,
    MATCH_FAULT, /* the pattern is malformed */
    MATCH_SPENT, /* the steps ran out */
};

/* Special lengths of a capture. */
#define MATCH_CAPTURE_OPEN SIZE_MAX           /* the pattern never closes it */
#define MATCH_CAPTURE_POSITION (SIZE_MAX - 1) /* "()": only its start counts */

struct match_capture {
    size_t start;
    size_t len;
};

struct match {
    size_t start;
    size_t end;
    const char *fault; /* words for MATCH_FAULT */
    size_t count;      /* of captures */
    struct match_capture captures[MATCH_COMPILE_CAPTURES_MAX];
};

#define MATCH_ANY_END SIZE_MAX

/* The first match that begins at or after from (<= subject.len) and does not end at not_end
 * (MATCH_ANY_END: it may end anywhere). What it costs is taken off *steps, never below 0. *ret is
 * filled on MATCH_YES, its fault on MATCH_FAULT. */
enum match_outcome match_find(const struct match_pattern *pattern, struct str subject, size_t from,
                              size_t not_end, uint64_t *steps, struct match *ret);

#endif
