#ifndef BASE_CLIP_H
#define BASE_CLIP_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/str.h"

/* The longest prefix of s, of at most max bytes, that does not end inside a UTF-8 character. */
struct str clip_str(struct str s, size_t max);

/* s as a JSON string of at most max bytes, quotes included; what does not fit is cut off and an
 * ellipsis stands in its place. max is at least 16. Returns as buffer_json() does. */
int clip_json(struct buffer *buffer, struct str s, size_t max);

/* Whether clip_json() would not cut s. */
bool clip_fits(struct str s, size_t max);

#endif
