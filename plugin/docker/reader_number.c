#include "docker/reader_core.h"

#include <math.h>
#include <stdlib.h>

static bool digits(struct reader *reader)
{
    const char *from = reader->at;

    while (reader_peek(reader) >= '0' && reader_peek(reader) <= '9')
        reader->at++;
    return reader->at > from;
}

/* RFC 8259, section 6. */
int reader_number(struct reader *reader, struct str *ret, bool *is_integer)
{
    const char *from = reader->at;

    (void)reader_accept(reader, '-');
    if (!reader_accept(reader, '0') && !digits(reader))
        return reader_refuse_syntax(reader, "no value begins like this");
    *is_integer = true;
    if (reader_accept(reader, '.')) {
        *is_integer = false;
        if (!digits(reader))
            return reader_refuse_syntax(reader, "a digit is missing after the decimal point");
    }
    if (reader_accept(reader, 'e') || reader_accept(reader, 'E')) {
        *is_integer = false;
        if (!reader_accept(reader, '+'))
            (void)reader_accept(reader, '-');
        if (!digits(reader))
            return reader_refuse_syntax(reader, "a digit is missing in the exponent");
    }
    *ret = (struct str){from, (size_t)(reader->at - from)};
    return 0;
}

static bool starts_number(const struct reader *reader)
{
    char c = reader_peek(reader);

    return c == '-' || (c >= '0' && c <= '9');
}

/* The digits' value, or false when it is beyond 64 bits. */
static bool magnitude(struct str digits_text, uint64_t *ret)
{
    uint64_t value = 0;

    for (size_t i = 0; i < digits_text.len; i++)
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, (uint64_t)(digits_text.ptr[i] - '0'), &value))
            return false;
    *ret = value;
    return true;
}

/* A signed value of at most that many bits. */
static bool signed_value(struct str text, unsigned bits, int64_t *ret)
{
    bool negative = text.ptr[0] == '-';
    uint64_t most = (UINT64_C(1) << (bits - 1)) - (negative ? 0 : 1);
    uint64_t value;

    if (!magnitude(str_skip(text, negative), &value) || value > most)
        return false;
    *ret = (int64_t)(negative ? 0 - value : value);
    return true;
}

/* Unsigned: Go's ParseUint takes no sign at all, not even on zero. Strict mode stops at INT64_MAX,
 * so that what a rule compares is what was sent; conformance mode keeps the 64 bits. */
static bool unsigned_value(const struct reader *reader, struct str text, unsigned bits,
                           int64_t *ret)
{
    uint64_t most = reader->mode == READER_STRICT ? INT64_MAX : UINT64_MAX;
    uint64_t value;

    if (bits < 64)
        most = (UINT64_C(1) << bits) - 1;
    if (text.ptr[0] == '-' || !magnitude(text, &value) || value > most)
        return false;
    *ret = (int64_t)value;
    return true;
}

int reader_integer(struct reader *reader, const struct type *type, struct node *ret)
{
    const char *from = reader->at;
    struct str text = STR("");
    bool is_integer = false;
    bool fits;

    if (!starts_number(reader))
        return reader_refuse_type(reader, "a whole number");
    if (reader_number(reader, &text, &is_integer) < 0)
        return -1;
    ret->type = NODE_INT;
    if (is_integer) {
        fits = type->is_unsigned ? unsigned_value(reader, text, type->bits, &ret->integer)
                                 : signed_value(text, type->bits, &ret->integer);
        if (fits)
            return 0;
    }
    reader->at = from;
    return reader_refuse_type(reader, type->is_unsigned
                                          ? "a whole number, not below 0 and in range,"
                                          : "a whole number in range");
}

/* strtod() wants a NUL behind the digits, which the input does not have. */
static int floating(struct reader *reader, struct str text, unsigned bits, struct node *ret)
{
    struct str copy = arena_str(reader->arena, text);

    if (!copy.ptr)
        return reader_refuse_full(reader);
    ret->type = NODE_FLOAT;
    ret->number = bits == 32 ? (double)strtof(copy.ptr, NULL) : strtod(copy.ptr, NULL);
    if (isinf(ret->number))
        return reader_refuse_type(reader, "a number in range");
    return 0;
}

int reader_any_number(struct reader *reader, struct node *ret)
{
    struct str text = STR("");
    bool is_integer = false;

    if (reader_number(reader, &text, &is_integer) < 0)
        return -1;
    ret->type = NODE_INT;
    if (is_integer && signed_value(text, 64, &ret->integer))
        return 0;
    return floating(reader, text, 64, ret);
}

int reader_float(struct reader *reader, const struct type *type, struct node *ret)
{
    struct str text = STR("");
    bool is_integer = false;

    if (!starts_number(reader))
        return reader_refuse_type(reader, "a number");
    if (reader_number(reader, &text, &is_integer) < 0)
        return -1;
    return floating(reader, text, type->bits, ret);
}
