#ifndef DOCKER_READER_H
#define DOCKER_READER_H

#include "base/arena.h"
#include "base/cleanup.h"
#include "docker/node.h"
#include "docker/refusal.h"
#include "docker/schema.h"

enum reader_mode {
    READER_STRICT,      /* for serving: what no honest client sends is refused */
    READER_CONFORMANCE, /* as Go's encoding/json decodes it, merges and all */
};

struct reader_result {
    struct node value; /* the canonical tree: the engine's own spelling */
    /* NODE_LIST of strings, "HostConfig.NewThing": keys that the schema does not know. */
    struct node unknown;
    size_t stopped_at; /* the byte, from 0, at which reading ended; also when it is refused */
};

/* Read one JSON document as the engine decodes it into type. Returns 0, or -1 with *refusal filled
 * ("request.json", "request.duplicate-key", ...). Text without escapes is borrowed from json, all
 * else lives in the arena. */
MUST_CHECK int reader_read(const struct type *type, struct str json, enum reader_mode mode,
                           struct arena *arena, struct reader_result *ret, struct refusal *refusal);

#endif
