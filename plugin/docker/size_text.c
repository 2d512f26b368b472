#include "docker/size_text.h"

#include <math.h>

#include "docker/number.h"

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Powers of 1024 that a letter stands for; 0 where it is none. */
static unsigned power_of(char letter)
{
    const char letters[] = "kmgtpe";

    for (unsigned i = 0; i < sizeof letters - 1; i++)
        if (lower(letter) == letters[i])
            return i + 1;
    return 0;
}

bool size_text_tmpfs(struct str text, int64_t *ret)
{
    unsigned power = text.len ? power_of(text.ptr[text.len - 1]) : 0;
    uint64_t value;

    if (power > 0)
        text.len--;
    if (!number_unsigned(text, INT64_MAX, &value))
        return false;
    for (; power > 0; power--)
        if (__builtin_mul_overflow(value, 1024, &value) || value > INT64_MAX)
            return false;
    *ret = (int64_t)value;
    return true;
}

/* Digits with at most one point between or after them. */
static bool read_decimal(struct str *text, double *ret)
{
    double value = 0;
    double scale = 1;
    size_t at = 0;

    while (at < text->len && is_digit(text->ptr[at]))
        value = value * 10 + (text->ptr[at++] - '0');
    if (at == 0)
        return false;
    if (at + 1 < text->len && text->ptr[at] == '.')
        for (at++; at < text->len && is_digit(text->ptr[at]); at++)
            value += (text->ptr[at] - '0') * (scale /= 10);
    *text = str_skip(*text, at);
    *ret = value;
    return true;
}

bool size_text_units(struct str text, int64_t *ret)
{
    double value;
    unsigned power;

    if (!read_decimal(&text, &value))
        return false;
    if (text.len > 0 && text.ptr[0] == ' ')
        text = str_skip(text, 1);
    power = text.len ? power_of(text.ptr[0]) : 0;
    if (power > 0)
        text = str_skip(text, 1);
    if (power > 0 && text.len == 2 && lower(text.ptr[0]) == 'i')
        text = str_skip(text, 1);
    if (text.len > 1 || (text.len == 1 && lower(text.ptr[0]) != 'b'))
        return false;
    value = ldexp(value, (int)power * 10);
    if (!(value < (double)INT64_MAX))
        return false;
    *ret = (int64_t)value;
    return true;
}
