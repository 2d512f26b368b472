#ifndef CONFORMANCE_SPELLING_H
#define CONFORMANCE_SPELLING_H

#include "base/buffer.h"
#include "random.h"

/* A string, from quote to quote; an odd one may hold bad escapes and bytes that are not UTF-8. */
void spelling_text(struct random *random, bool odd, struct buffer *out);
/* A field's name as a key, from quote to quote, in one of the ways to write it, or nearly so. */
void spelling_key(struct random *random, bool odd, struct str name, struct buffer *out);

#endif
