#ifndef DOCKER_RESPONSE_H
#define DOCKER_RESPONSE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "docker/envelope.h"

/* What an AuthZRes message tells the audit trail. The call is over by then and the message is often
 * blind: nothing here is a reason to allow. */
struct response {
    int64_t status; /* 0: not shown */
    struct str id;  /* of what was created, a volume's name, where a 201 shows it; else empty */
};

/* Cannot fail: what cannot be read is not shown. */
struct response response_read(const struct envelope *envelope, struct arena *arena);

#endif
