#ifndef DOCKER_BASE64_H
#define DOCKER_BASE64_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/str.h"

enum base64_manner {
    BASE64_CANONICAL, /* what an encoder makes, and nothing else */
    BASE64_AS_GO,     /* base64.StdEncoding: skips CR and LF, ignores spare bits */
};

enum base64_result { BASE64_FINE, BASE64_BAD, BASE64_FULL };

/* Decode standard base64 with its padding into the arena. RFC 4648, section 4. */
enum base64_result base64_decode(struct str coded, enum base64_manner manner, struct arena *arena,
                                 struct str *ret);

/* Append raw in standard base64 with its padding; failure is the buffer's to tell. */
void base64_encode(struct str raw, struct buffer *out);

#endif
