#include "policy/bytes.h"

#include <stdint.h>

enum { SHORT_BYTES = 128 };

static size_t find_in_short(struct str s, struct str needle)
{
    size_t starts = s.len - needle.len + 1;
    const char *at = s.ptr;

    for (;;) {
        at = memchr(at, needle.ptr[0], starts - (size_t)(at - s.ptr));
        if (!at)
            return SIZE_MAX;
        if (memcmp(at, needle.ptr, needle.len) == 0)
            return (size_t)(at - s.ptr);
        at++;
    }
}

size_t bytes_find(struct str s, struct str needle)
{
    const char *at;

    if (needle.len == 0)
        return 0;
    if (needle.len > s.len)
        return SIZE_MAX;
    if (s.len <= SHORT_BYTES)
        return find_in_short(s, needle);
    at = memmem(s.ptr, s.len, needle.ptr, needle.len);
    return at ? (size_t)(at - s.ptr) : SIZE_MAX;
}
