#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/cleanup.h"
#include "base/str.h"

/* Bytes that grow, born with a maximum. Once an append did not fit (or memory ran out) the buffer
 * is `failed` and takes nothing more, so a run of appends is checked once, at its end. */
struct buffer {
    char *data; /* owned */
    size_t len;
    size_t cap;
    size_t max;
    bool failed;
};

/* Nothing is allocated yet. max: most bytes it may ever hold. */
void buffer_init(struct buffer *buffer, size_t max);
/* Free; takes a zeroed buffer too. */
void buffer_done(struct buffer *buffer);
/* Empty it and keep at most keep bytes of its memory. */
void buffer_reset(struct buffer *buffer, size_t keep);

/* Make room for more bytes beyond len. Returns 0, or -1 and the buffer is failed. */
int buffer_reserve(struct buffer *buffer, size_t more);
int buffer_append(struct buffer *buffer, const void *data, size_t len);
int buffer_str(struct buffer *buffer, struct str s);
int buffer_printf(struct buffer *buffer, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* s as a JSON string with its quotes. Control characters become \u00XX; bytes that are not UTF-8
 * become U+FFFD, so that what comes out is always valid JSON. */
int buffer_json(struct buffer *buffer, struct str s);

static inline struct str buffer_view(const struct buffer *buffer)
{
    return (struct str){buffer->data, buffer->len};
}

#endif
