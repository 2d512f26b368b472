#ifndef CLI_TRAIL_SEARCH_H
#define CLI_TRAIL_SEARCH_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/err.h"
#include "base/str.h"

/* What an audit trail has about one decision. */
struct trail_found {
    struct buffer record; /* its line, without the end */
    struct buffer events; /* lines of events that are about it, the newest file's first */
};

void trail_found_init(struct trail_found *found);
void trail_found_done(struct trail_found *found);

/* Whether text is formed as the id of a decision: "4559e5ac-16". */
bool trail_search_is_id(const char *text);

/* Look for a decision in the trail's file and in those that were moved away from it, the newest
 * first. Returns 1, 0 when it is in none of them, or -1: ERR_SYSTEM, ERR_LIMIT. */
MUST_CHECK int trail_search(const char *file, const char *id, struct trail_found *ret,
                            struct err *err);

#endif
