#ifndef DOCKER_REFUSAL_H
#define DOCKER_REFUSAL_H

#include "base/arena.h"
#include "base/str.h"

/* Why the plugin itself refuses a call before any rule is asked. */
struct refusal {
    struct str id;    /* "request.duplicate-key" */
    struct str msg;   /* what is odd, for the caller */
    struct str field; /* where, "HostConfig.Binds[1]"; may be empty */
    struct str fix;   /* how to send it plainly; may be empty */
};

/* Fill *refusal, its field left empty; returns -1, so that refusing is one statement. */
static inline int refusal_set(struct refusal *refusal, struct str id, struct str msg,
                              struct str fix)
{
    *refusal = (struct refusal){.id = id, .msg = msg, .field = STR(""), .fix = fix};
    return -1;
}

/* The arena is full. */
static inline int refusal_memory(struct refusal *refusal)
{
    return refusal_set(refusal, STR("request.too-complex"),
                       STR("the request has too many parts to be read"),
                       STR("send a smaller request"));
}

#endif
