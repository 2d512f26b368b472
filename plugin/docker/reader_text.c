#include "docker/reader_core.h"

#include "base/json_plain.h"
#include "base/utf8.h"

static const struct str replacement = {"\xef\xbf\xbd", 3}; /* U+FFFD */

static int refuse_encoding(struct reader *reader, const char *what)
{
    return reader_refuse(reader, STR("request.encoding"), STR("send plain UTF-8 text"),
                         "%s in a string, at byte %zu", what,
                         (size_t)(reader->at - reader->start) + 1);
}

/* Step over bytes that stand for themselves, up to a quote or backslash. *bad is set where a byte
 * is not UTF-8. */
static int plain_run(struct reader *reader, bool *bad)
{
    for (;;) {
        size_t length;

        reader->at += json_plain((struct str){reader->at, (size_t)(reader->end - reader->at)});
        if (reader->at == reader->end)
            return reader_refuse_syntax(reader, "a string is not closed");
        if (*reader->at == '"' || *reader->at == '\\')
            return 0;
        if ((unsigned char)*reader->at < 0x20)
            return reader_refuse_syntax(reader, "a control character in a string");
        length = utf8_length((struct str){reader->at, (size_t)(reader->end - reader->at)});
        if (length == 0 && reader->mode == READER_STRICT)
            return refuse_encoding(reader, "a byte that is not UTF-8");
        *bad |= length == 0;
        reader->at += length ? length : 1;
    }
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* The four digits of \uXXXX, or -1. */
static int32_t hex_code(const char *at, const char *end)
{
    int32_t code = 0;

    if (end - at < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(at[i]);

        if (digit < 0)
            return -1;
        code = code * 16 + digit;
    }
    return code;
}

static char *put_utf8(char *out, uint32_t code)
{
    if (code < 0x80) {
        *out++ = (char)code;
        return out;
    }
    if (code < 0x800) {
        *out++ = (char)(0xc0 | code >> 6);
    } else {
        if (code < 0x10000) {
            *out++ = (char)(0xe0 | code >> 12);
        } else {
            *out++ = (char)(0xf0 | code >> 18);
            *out++ = (char)(0x80 | (code >> 12 & 0x3f));
        }
        *out++ = (char)(0x80 | (code >> 6 & 0x3f));
    }
    *out++ = (char)(0x80 | (code & 0x3f));
    return out;
}

/* The second half of a surrogate pair, if it follows: the whole code point, else 0. */
static uint32_t surrogate_pair(const struct reader *reader, int32_t high)
{
    int32_t low;

    if (high >= 0xdc00 || reader->end - reader->at < 6 || reader->at[0] != '\\' ||
        reader->at[1] != 'u')
        return 0;
    low = hex_code(reader->at + 2, reader->end);
    if (low < 0xdc00 || low > 0xdfff)
        return 0;
    return 0x10000 + ((uint32_t)(high - 0xd800) << 10) + (uint32_t)(low - 0xdc00);
}

/* \uXXXX, from its first digit. */
static int unicode_escape(struct reader *reader, char **out)
{
    int32_t code = hex_code(reader->at, reader->end);
    uint32_t pair;

    if (code < 0)
        return reader_refuse_syntax(reader, "\\u without four hexadecimal digits");
    if (code == 0 && reader->mode == READER_STRICT)
        return refuse_encoding(reader, "a NUL character");
    reader->at += 4;
    if (code < 0xd800 || code > 0xdfff) {
        *out = put_utf8(*out, (uint32_t)code);
        return 0;
    }
    pair = surrogate_pair(reader, code);
    if (pair) {
        reader->at += 6;
        *out = put_utf8(*out, pair);
        return 0;
    }
    if (reader->mode == READER_STRICT)
        return refuse_encoding(reader, "half of a surrogate pair");
    memcpy(*out, replacement.ptr, replacement.len);
    *out += replacement.len;
    return 0;
}

/* An escape, from its backslash. */
static int escape(struct reader *reader, char **out)
{
    static const char from[] = "\"\\/bfnrt";
    static const char to[] = "\"\\/\b\f\n\r\t";
    const char *found;

    reader->at++;
    if (reader_accept(reader, 'u'))
        return unicode_escape(reader, out);
    found = reader_peek(reader) ? strchr(from, reader_peek(reader)) : NULL;
    if (!found)
        return reader_refuse_syntax(reader, "an unknown escape in a string");
    reader->at++;
    *(*out)++ = to[found - from];
    return 0;
}

/* Where the string ends that the reader stands in: its closing quote, or the end of input. */
static const char *closing_quote(const char *at, const char *end)
{
    while (at < end && *at != '"')
        at += *at == '\\' && end - at > 1 ? 2 : 1;
    return at;
}

/* Bytes as they are, but for those that are not UTF-8. */
static char *put_plain(char *out, const char *from, const char *to, bool bad)
{
    if (!bad) {
        memcpy(out, from, (size_t)(to - from));
        return out + (to - from);
    }
    while (from < to) {
        size_t length = utf8_length((struct str){from, (size_t)(to - from)});
        struct str s = length ? (struct str){from, length} : replacement;

        memcpy(out, s.ptr, s.len);
        out += s.len;
        from += length ? length : 1;
    }
    return out;
}

/* A string that has to be written anew, from behind its opening quote. */
static int copied_string(struct reader *reader, struct str *ret)
{
    size_t most = (size_t)(closing_quote(reader->at, reader->end) - reader->at);
    /* Only U+FFFD is longer than what it stands for: a byte becomes three. */
    size_t widest = reader->mode == READER_STRICT ? 1 : replacement.len;
    char *text = arena_array(reader->arena, most ? most : 1, widest);
    char *out = text;

    if (!text)
        return reader_refuse_full(reader);
    for (;;) {
        const char *from = reader->at;
        bool bad = false;

        if (plain_run(reader, &bad) < 0)
            return -1;
        out = put_plain(out, from, reader->at, bad);
        if (*reader->at == '"')
            break;
        if (escape(reader, &out) < 0)
            return -1;
    }
    reader->at++;
    *ret = (struct str){text, (size_t)(out - text)};
    return 0;
}

int reader_string(struct reader *reader, struct str *ret)
{
    const char *from = ++reader->at;
    bool bad = false;

    if (plain_run(reader, &bad) < 0)
        return -1;
    if (*reader->at == '\\' || bad) {
        reader->at = from;
        return copied_string(reader, ret);
    }
    *ret = (struct str){from, (size_t)(reader->at - from)};
    reader->at++;
    return 0;
}
