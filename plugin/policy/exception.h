#ifndef POLICY_EXCEPTION_H
#define POLICY_EXCEPTION_H

#include <stdint.h>

#include "docker/node.h"
#include "policy/loading.h"

/* One entry of a profile's exceptions: up to its end it excuses what one rule denies. */
struct exception {
    const struct source *source;
    int line;
    struct str id;
    struct str rule;
    struct str user;    /* pattern of a name; empty, as those below: it is not judged by this */
    struct str image;   /* pattern of an image's name, with a tag or digest or without */
    struct str label;   /* the label's name */
    struct str value;   /* pattern of its value */
    struct str expires; /* as written */
    struct str reason;
    int64_t end_s;                /* the first second at which it excuses nothing */
    const struct exception *next; /* of the same rule */
};

/* Check one entry, which stands in source at or after line. Returns 0, or -1 with a finding. */
MUST_CHECK int exception_read(struct loading *loading, const struct source *source, int line,
                              const struct node *entry, struct exception *ret);

/* Whether it excuses the request now. What it is judged by must be there and plain: a caller
 * without a name, an image that may be an id, or two label lists at odds are never covered. */
bool exception_covers(const struct exception *exception, const struct node *req, int64_t now_s);

#endif
