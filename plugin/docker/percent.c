#include "docker/percent.h"

/* Value of a hexadecimal digit, or -1. */
static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Value of the escape that s begins with, or -1. */
static int escape(struct str s)
{
    if (s.len < 3 || s.ptr[0] != '%')
        return -1;

    int high = digit(s.ptr[1]);
    int low = digit(s.ptr[2]);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

bool percent_valid(struct str text)
{
    for (;;) {
        text = str_skip(text, str_find(text, '%'));
        if (text.len == 0)
            return true;
        if (escape(text) < 0)
            return false;
        text = str_skip(text, 3);
    }
}

struct str percent_decode(struct str text, enum percent_mode mode, struct arena *arena)
{
    bool plus = mode == PERCENT_QUERY && str_find(text, '+') < text.len;
    size_t first = str_find(text, '%');

    if (!plus && first == text.len)
        return text;

    char *out = arena_alloc(arena, text.len);
    size_t len = 0;
    if (!out)
        return (struct str){NULL, 0};
    while (text.len > 0) {
        int value = escape(text);

        out[len] = text.ptr[0];
        if (value >= 0)
            out[len] = (char)value;
        else if (plus && out[len] == '+')
            out[len] = ' ';
        len++;
        text = str_skip(text, value >= 0 ? 3 : 1);
    }
    return (struct str){out, len};
}
