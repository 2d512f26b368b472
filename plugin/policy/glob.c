#include "policy/glob.h"

#include "policy/bytes.h"

/* s begins with segment, which holds no '*'. */
static bool starts(struct str s, struct str segment)
{
    if (s.len < segment.len)
        return false;
    for (size_t i = 0; i < segment.len; i++) {
        if (segment.ptr[i] != '?' && segment.ptr[i] != s.ptr[i])
            return false;
    }
    return true;
}

/* s after the first place where segment fits; false where there is none. */
static bool skip_to(struct str *s, struct str segment)
{
    size_t found;

    if (str_find(segment, '?') < segment.len) {
        while (!starts(*s, segment)) {
            if (s->len <= segment.len)
                return false;
            *s = str_skip(*s, 1);
        }
        *s = str_skip(*s, segment.len);
        return true;
    }
    found = bytes_find(*s, segment);
    if (found == SIZE_MAX)
        return false;
    *s = str_skip(*s, found + segment.len);
    return true;
}

bool glob_match(struct str pattern, struct str s)
{
    size_t star = str_find(pattern, '*');

    if (!starts(s, str_take(pattern, star)))
        return false;
    s = str_skip(s, star);
    if (star == pattern.len)
        return s.len == 0;
    /* The first place for each segment leaves the most for those behind it. */
    for (;;) {
        struct str segment;

        pattern = str_skip(pattern, star + 1);
        star = str_find(pattern, '*');
        segment = str_take(pattern, star);
        if (star == pattern.len)
            return s.len >= segment.len && starts(str_skip(s, s.len - segment.len), segment);
        if (!skip_to(&s, segment))
            return false;
    }
}

uint64_t glob_cost_bytes(struct str pattern, struct str s)
{
    bool product = str_find(pattern, '?') < pattern.len && str_find(pattern, '*') < pattern.len;

    return product ? (uint64_t)pattern.len * s.len : (uint64_t)pattern.len + s.len;
}
