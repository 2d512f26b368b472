#include "base/utf8.h"

static bool continues(struct str s, size_t at, unsigned char low, unsigned char high)
{
    unsigned char c = at < s.len ? (unsigned char)s.ptr[at] : 0;

    return c >= low && c <= high;
}

size_t utf8_length(struct str s)
{
    unsigned char c = s.len ? (unsigned char)s.ptr[0] : 0xff;
    unsigned char low = 0x80;
    unsigned char high = 0xbf;

    if (c < 0x80)
        return 1;
    if (c < 0xc2 || c > 0xf4)
        return 0;
    if (c < 0xe0)
        return continues(s, 1, low, high) ? 2 : 0;
    if (c == 0xe0)
        low = 0xa0; /* below: overlong */
    else if (c == 0xed)
        high = 0x9f; /* above: surrogates */
    else if (c == 0xf0)
        low = 0x90; /* below: overlong */
    else if (c == 0xf4)
        high = 0x8f; /* above: U+10FFFF */
    if (!continues(s, 1, low, high) || !continues(s, 2, 0x80, 0xbf))
        return 0;
    if (c < 0xf0)
        return 3;
    return continues(s, 3, 0x80, 0xbf) ? 4 : 0;
}

bool utf8_is_control(struct str s)
{
    return s.len >= 2 && (unsigned char)s.ptr[0] == 0xc2 && continues(s, 1, 0x80, 0x9f);
}
