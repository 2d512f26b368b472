#include "docker/base64.h"

#include <stdbool.h>
#include <stdint.h>

/* One more than the six bits that a character stands for; 0: it is not in the alphabet. */
static const uint8_t codes[256] = {
    ['A'] = 1,  ['B'] = 2,  ['C'] = 3,  ['D'] = 4,  ['E'] = 5,  ['F'] = 6,  ['G'] = 7,  ['H'] = 8,
    ['I'] = 9,  ['J'] = 10, ['K'] = 11, ['L'] = 12, ['M'] = 13, ['N'] = 14, ['O'] = 15, ['P'] = 16,
    ['Q'] = 17, ['R'] = 18, ['S'] = 19, ['T'] = 20, ['U'] = 21, ['V'] = 22, ['W'] = 23, ['X'] = 24,
    ['Y'] = 25, ['Z'] = 26, ['a'] = 27, ['b'] = 28, ['c'] = 29, ['d'] = 30, ['e'] = 31, ['f'] = 32,
    ['g'] = 33, ['h'] = 34, ['i'] = 35, ['j'] = 36, ['k'] = 37, ['l'] = 38, ['m'] = 39, ['n'] = 40,
    ['o'] = 41, ['p'] = 42, ['q'] = 43, ['r'] = 44, ['s'] = 45, ['t'] = 46, ['u'] = 47, ['v'] = 48,
    ['w'] = 49, ['x'] = 50, ['y'] = 51, ['z'] = 52, ['0'] = 53, ['1'] = 54, ['2'] = 55, ['3'] = 56,
    ['4'] = 57, ['5'] = 58, ['6'] = 59, ['7'] = 60, ['8'] = 61, ['9'] = 62, ['+'] = 63, ['/'] = 64,
};

/* Four characters without padding. */
static bool decode_quad(const unsigned char *in, char *out)
{
    unsigned a = codes[in[0]];
    unsigned b = codes[in[1]];
    unsigned c = codes[in[2]];
    unsigned d = codes[in[3]];
    unsigned all;

    if (!a || !b || !c || !d)
        return false;
    all = (a - 1) << 18 | (b - 1) << 12 | (c - 1) << 6 | (d - 1);
    out[0] = (char)(all >> 16);
    out[1] = (char)(all >> 8);
    out[2] = (char)all;
    return true;
}

/* The last four characters, one or two of which are padding. Returns the bytes written, 0 when
 * they are none that an encoder makes. */
static size_t decode_last(const char *in, enum base64_manner manner, char *out)
{
    bool two_pads = in[2] == '=';
    unsigned char quad[4] = {(unsigned char)in[0], (unsigned char)in[1],
                             two_pads ? 'A' : (unsigned char)in[2], 'A'};
    char bytes[3];

    if (in[3] != '=' || !decode_quad(quad, bytes))
        return 0;
    /* Bits that are in no byte: an encoder leaves them 0. */
    if (manner == BASE64_CANONICAL && (two_pads ? bytes[1] : bytes[2]) != 0)
        return 0;
    out[0] = bytes[0];
    if (!two_pads)
        out[1] = bytes[1];
    return two_pads ? 1 : 2;
}

static struct str without_line_ends(struct str coded, struct arena *arena)
{
    char *text = arena_alloc(arena, coded.len ? coded.len : 1);
    size_t len = 0;

    for (size_t i = 0; text && i < coded.len; i++)
        if (coded.ptr[i] != '\n' && coded.ptr[i] != '\r')
            text[len++] = coded.ptr[i];
    return (struct str){text, len};
}

static bool has_line_ends(struct str s)
{
    return str_find(s, '\n') < s.len || str_find(s, '\r') < s.len;
}

enum base64_result base64_decode(struct str coded, enum base64_manner manner, struct arena *arena,
                                 struct str *ret)
{
    size_t len = 0;
    size_t at = 0;
    char *out;

    if (manner == BASE64_AS_GO && has_line_ends(coded))
        coded = without_line_ends(coded, arena);
    out = coded.ptr ? arena_alloc(arena, coded.len / 4 * 3 + 1) : NULL;
    if (!out)
        return BASE64_FULL;
    if (coded.len % 4 != 0)
        return BASE64_BAD;
    for (; at < coded.len; at += 4, len += 3)
        if (!decode_quad((const unsigned char *)coded.ptr + at, out + len))
            break;
    if (at < coded.len) {
        size_t last = at + 4 == coded.len ? decode_last(coded.ptr + at, manner, out + len) : 0;

        if (last == 0)
            return BASE64_BAD;
        len += last;
    }
    *ret = (struct str){out, len};
    return BASE64_FINE;
}

void base64_encode(struct str raw, struct buffer *out)
{
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *in = (const unsigned char *)raw.ptr;

    if (buffer_reserve(out, (raw.len + 2) / 3 * 4) < 0)
        return;
    for (size_t at = 0; at < raw.len; at += 3) {
        size_t rest = raw.len - at;
        unsigned all = (unsigned)in[at] << 16;

        if (rest > 1)
            all |= (unsigned)in[at + 1] << 8;
        if (rest > 2)
            all |= in[at + 2];
        out->data[out->len++] = alphabet[all >> 18];
        out->data[out->len++] = alphabet[all >> 12 & 63];
        out->data[out->len++] = rest > 1 ? alphabet[all >> 6 & 63] : '=';
        out->data[out->len++] = rest > 2 ? alphabet[all & 63] : '=';
    }
}
