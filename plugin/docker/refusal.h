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

#endif
