#include "spelling.h"

static void put(struct buffer *out, const char *text)
{
    (void)buffer_str(out, str_from(text));
}

void spelling_text(struct random *random, bool odd, struct buffer *out)
{
    static const char *const plain[] = {"a",
                                        "/etc:/b",
                                        "x y",
                                        "\\n",
                                        "\\\"",
                                        "\xc3\xa9",
                                        "\\/",
                                        "host",
                                        "\x7f",
                                        "\\u0041",
                                        "\\ud83d\\ude00",
                                        "\xf0\x9f\x98\x80",
                                        "longer than eight bytes"};
    static const char *const strange[] = {
        "\\u0000", "\\ud800",        "\\udc00",      "\\ud800\\u0041", "\\ud800\\ud83d\\ude00",
        "\xff",    "\xc0\xaf",       "\xed\xa0\x80", "\xe2\x82",       "\xf4\x90\x80\x80",
        "\\ufffd", "\\uD83D\\uDE00", "\\b\\f\\r\\t", "\xc2\x80",       "\xe2\x80\xa8",
    };
    static const char *const broken[] = {"\\x", "\\u12", "\\u00g0", "\n", "\\'", "\x01"};
    size_t pieces = random_below(random, 4);

    put(out, "\"");
    for (size_t i = 0; i < pieces; i++) {
        if (odd && random_chance(random, 150))
            put(out, strange[random_below(random, sizeof strange / sizeof *strange)]);
        else if (odd && random_chance(random, 3))
            put(out, broken[random_below(random, sizeof broken / sizeof *broken)]);
        else
            put(out, plain[random_below(random, sizeof plain / sizeof *plain)]);
    }
    put(out, "\"");
}

static char other_case(char c)
{
    bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

    return is_letter ? (char)(c ^ 0x20) : c;
}

/* A character beyond ASCII that looks like this one; Go folds the first two. */
static const char *twin(char c)
{
    switch (c | 0x20) {
    case 's':
        return "\xc5\xbf"; /* U+017F */
    case 'k':
        return "\xe2\x84\xaa"; /* U+212A */
    case 'i':
        return "\xc4\xb1"; /* U+0131 */
    case 'a':
        return "\xef\xbc\xa1"; /* full-width A */
    default:
        return NULL;
    }
}

static const char *twin_escape(char c)
{
    return (c | 0x20) == 's' ? "\\u017f" : (c | 0x20) == 'k' ? "\\u212A" : NULL;
}

static void letter(struct random *random, char c, struct buffer *out)
{
    const char *twin_text = random_chance(random, 500) ? twin(c) : twin_escape(c);

    if (twin_text && random_chance(random, 400))
        put(out, twin_text);
    else if (random_chance(random, 50))
        (void)buffer_printf(out, "\\u%04x", (unsigned)(unsigned char)c);
    else
        (void)buffer_printf(out, "%c", random_chance(random, 300) ? other_case(c) : c);
}

void spelling_key(struct random *random, bool odd, struct str name, struct buffer *out)
{
    static const char *const tails[] = {"\\u0000", " ", "\xff", "s", "\xc5\xbf"};
    bool plain_case = !random_chance(random, odd ? 200 : 50);

    put(out, "\"");
    for (size_t i = 0; i < name.len; i++) {
        if (plain_case)
            (void)buffer_append(out, name.ptr + i, 1);
        else if (odd)
            letter(random, name.ptr[i], out);
        else
            (void)buffer_printf(out, "%c", other_case(name.ptr[i]));
    }
    if (odd && random_chance(random, 10))
        put(out, tails[random_below(random, 5)]);
    put(out, "\"");
}
