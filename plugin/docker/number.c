#include "docker/number.h"

bool number_unsigned(struct str text, uint64_t max, uint64_t *ret)
{
    uint64_t value = 0;

    if (text.len == 0)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (c < '0' || c > '9' || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, (uint64_t)(c - '0'), &value) || value > max)
            return false;
    }
    *ret = value;
    return true;
}

bool number_signed(struct str text, int64_t *ret)
{
    bool negative = text.len > 0 && text.ptr[0] == '-';
    uint64_t max = negative ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX;
    uint64_t value;

    if (negative || (text.len > 0 && text.ptr[0] == '+'))
        text = str_skip(text, 1);
    if (!number_unsigned(text, max, &value))
        return false;
    *ret = (int64_t)(negative ? 0 - value : value);
    return true;
}
