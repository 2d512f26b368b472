#include "base/buffer.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json_plain.h"
#include "base/utf8.h"

enum { SMALLEST = 256 };

void buffer_init(struct buffer *buffer, size_t max)
{
    *buffer = (struct buffer){.max = max};
}

void buffer_done(struct buffer *buffer)
{
    free(buffer->data);
    *buffer = (struct buffer){0};
}

void buffer_reset(struct buffer *buffer, size_t keep)
{
    buffer->len = 0;
    buffer->failed = false;
    if (buffer->cap > keep) {
        free(buffer->data);
        buffer->data = NULL;
        buffer->cap = 0;
    }
}

static int fail(struct buffer *buffer)
{
    buffer->failed = true;
    return -1;
}

int buffer_reserve(struct buffer *buffer, size_t more)
{
    size_t cap = buffer->cap ? buffer->cap : SMALLEST;
    char *data;

    if (buffer->failed || more > buffer->max - buffer->len)
        return fail(buffer);
    if (more <= buffer->cap - buffer->len)
        return 0;
    while (cap < buffer->len + more)
        cap *= 2;
    if (cap > buffer->max)
        cap = buffer->max;
    data = realloc(buffer->data, cap);
    if (!data)
        return fail(buffer);
    buffer->data = data;
    buffer->cap = cap;
    return 0;
}

int buffer_append(struct buffer *buffer, const void *data, size_t len)
{
    if (buffer_reserve(buffer, len) < 0)
        return -1;
    if (len)
        memcpy(buffer->data + buffer->len, data, len);
    buffer->len += len;
    return 0;
}

int buffer_str(struct buffer *buffer, struct str s)
{
    return buffer_append(buffer, s.ptr, s.len);
}

int buffer_printf(struct buffer *buffer, const char *fmt, ...)
{
    va_list args;
    int len;

    va_start(args, fmt);
    len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    /* One more byte than stays: vsnprintf ends with a NUL. */
    if (len < 0 || buffer_reserve(buffer, (size_t)len + 1) < 0)
        return fail(buffer);
    va_start(args, fmt);
    (void)vsnprintf(buffer->data + buffer->len, (size_t)len + 1, fmt, args);
    va_end(args);
    buffer->len += (size_t)len;
    return 0;
}

static int json_escape(struct buffer *buffer, unsigned char c)
{
    switch (c) {
    case '"':
        return buffer_str(buffer, STR("\\\""));
    case '\\':
        return buffer_str(buffer, STR("\\\\"));
    case '\n':
        return buffer_str(buffer, STR("\\n"));
    case '\t':
        return buffer_str(buffer, STR("\\t"));
    case '\r':
        return buffer_str(buffer, STR("\\r"));
    default:
        return buffer_printf(buffer, "\\u%04x", c);
    }
}

int buffer_json(struct buffer *buffer, struct str s)
{
    size_t at = 0;

    (void)buffer_append(buffer, "\"", 1);
    while (at < s.len && !buffer->failed) {
        size_t start = at;
        unsigned char c;
        size_t length;

        at += json_plain(str_skip(s, at));
        (void)buffer_append(buffer, s.ptr + start, at - start);
        if (at == s.len)
            break;
        c = (unsigned char)s.ptr[at];
        length = utf8_length(str_skip(s, at));
        if (c < 0x80)
            (void)json_escape(buffer, c);
        else if (utf8_is_control(str_skip(s, at)))
            (void)json_escape(buffer, (unsigned char)s.ptr[at + 1]);
        else if (length == 0)
            (void)buffer_str(buffer, STR("\xef\xbf\xbd"));
        else
            (void)buffer_append(buffer, s.ptr + at, length);
        at += length ? length : 1;
    }
    return buffer_append(buffer, "\"", 1);
}
