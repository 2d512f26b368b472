#include "base/clip.h"

#include "base/json_plain.h"
#include "base/utf8.h"

#define ELLIPSIS "\xe2\x80\xa6"

enum {
    CHARACTER_MAX = 4,
    ELLIPSIS_BYTES = sizeof ELLIPSIS - 1,
    REPLACEMENT_BYTES = 3, /* U+FFFD */
};

struct str clip_str(struct str s, size_t max)
{
    size_t at;

    if (s.len <= max)
        return s;
    for (at = max; at > 0 && max - at < CHARACTER_MAX; at--) {
        if (((unsigned char)s.ptr[at] & 0xc0) != 0x80)
            return str_take(s, at);
    }
    return str_take(s, max); /* not UTF-8: any place is as good */
}

/* Bytes that buffer_json() makes of the first character of s; its length goes to *taken. */
static size_t cost(struct str s, size_t *taken)
{
    unsigned char c = (unsigned char)s.ptr[0];
    size_t length;

    *taken = 1;
    if (c == '"' || c == '\\' || c == '\n' || c == '\t' || c == '\r')
        return 2;
    if (c < 0x20 || c == 0x7f)
        return 6;
    if (c < 0x80)
        return 1;
    length = utf8_length(s);
    if (utf8_is_control(s)) {
        *taken = length;
        return 6;
    }
    *taken = length ? length : 1;
    return length ? length : REPLACEMENT_BYTES;
}

static int put_plain(struct buffer *buffer, struct str s)
{
    char *at;

    if (buffer_reserve(buffer, s.len + 2) < 0)
        return -1;
    at = buffer->data + buffer->len;
    *at++ = '"';
    if (s.len)
        memcpy(at, s.ptr, s.len);
    at[s.len] = '"';
    buffer->len += s.len + 2;
    return 0;
}

int clip_json(struct buffer *buffer, struct str s, size_t max)
{
    size_t room = max - 2;
    size_t used = 0;
    size_t at = 0;
    size_t cut = 0; /* where s ends if the ellipsis is needed */

    if (s.len <= room && json_plain(s) == s.len)
        return put_plain(buffer, s);
    while (at < s.len) {
        size_t taken;
        size_t next = cost(str_skip(s, at), &taken);

        if (used + next > room)
            break;
        used += next;
        at += taken;
        if (used + ELLIPSIS_BYTES <= room)
            cut = at;
    }
    if (at == s.len)
        return buffer_json(buffer, s);
    if (buffer_json(buffer, str_take(s, cut)) < 0)
        return -1;
    buffer->len--; /* the closing quote */
    (void)buffer_str(buffer, STR(ELLIPSIS));
    return buffer_append(buffer, "\"", 1);
}

bool clip_fits(struct str s, size_t max)
{
    size_t used = 2;

    while (s.len && used <= max) {
        size_t taken;

        used += cost(s, &taken);
        s = str_skip(s, taken);
    }
    return used <= max;
}
