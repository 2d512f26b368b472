#include "docker/base64.h"

#include <stdbool.h>
#include <stdint.h>

/* The alphabet, for a character at each of the four places of a quad: the bits that it gives to the
 * quad's 24, and a mark of the place above them. What is not in the alphabet has no mark. */
#define CODE(place, number) (1U << (24 + (place)) | (uint32_t)(number) << (18 - 6 * (place)))
#define CODES_4(place, c, number)                                                                  \
    [c] = CODE(place, number), [(c) + 1] = CODE(place, (number) + 1),                              \
    [(c) + 2] = CODE(place, (number) + 2), [(c) + 3] = CODE(place, (number) + 3)
#define CODES_26(place, c, number)                                                                 \
    CODES_4(place, c, number), CODES_4(place, (c) + 4, (number) + 4),                              \
        CODES_4(place, (c) + 8, (number) + 8), CODES_4(place, (c) + 12, (number) + 12),            \
        CODES_4(place, (c) + 16, (number) + 16), CODES_4(place, (c) + 20, (number) + 20),          \
        [(c) + 24] = CODE(place, (number) + 24), [(c) + 25] = CODE(place, (number) + 25)
#define CODES(place)                                                                               \
    {                                                                                              \
        CODES_26(place, 'A', 0), CODES_26(place, 'a', 26), CODES_4(place, '0', 52),                \
            CODES_4(place, '4', 56), ['8'] = CODE(place, 60), ['9'] = CODE(place, 61),             \
                                     ['+'] = CODE(place, 62), ['/'] = CODE(place, 63)              \
    }

static const uint32_t codes[4][256] = {CODES(0), CODES(1), CODES(2), CODES(3)};

/* Four characters without padding. */
static bool decode_quad(const unsigned char *in, char *out)
{
    uint32_t all = codes[0][in[0]] | codes[1][in[1]] | codes[2][in[2]] | codes[3][in[3]];

    out[0] = (char)(all >> 16);
    out[1] = (char)(all >> 8);
    out[2] = (char)all;
    return all >> 24 == 15; /* all marks */
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
