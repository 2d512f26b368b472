#include "cli/paint.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/utf8.h"

static const char *const codes[] = {
    [PAINT_PLAIN] = "",     [PAINT_BOLD] = "1",    [PAINT_RED] = "1;31",
    [PAINT_GREEN] = "1;32", [PAINT_YELLOW] = "33", [PAINT_DIM] = "2",
};

static bool is_set(const char *name)
{
    const char *value = getenv(name);

    return value && value[0];
}

struct paint paint_on(FILE *out)
{
    const char *term = getenv("TERM");

    return (struct paint){
        .out = out,
        .colours = isatty(fileno(out)) && !is_set("NO_COLOR") && term && strcmp(term, "dumb") != 0,
    };
}

/* Control characters of Latin-1, and marks that turn the direction of text: Unicode 15, chapter 23.
 */
static bool is_steering(const unsigned char *bytes, size_t length)
{
    if (length == 2)
        return utf8_is_control((struct str){(const char *)bytes, length});
    if (length != 3 || bytes[0] != 0xe2)
        return false;
    return (bytes[1] == 0x80 &&
            (bytes[2] == 0x8e || bytes[2] == 0x8f || (bytes[2] >= 0xa8 && bytes[2] <= 0xae))) ||
           (bytes[1] == 0x81 && bytes[2] >= 0xa6 && bytes[2] <= 0xa9);
}

static unsigned code_of(const unsigned char *bytes, size_t length)
{
    if (length == 2)
        return (bytes[0] & 0x1fU) << 6 | (bytes[1] & 0x3fU);
    return (bytes[0] & 0x0fU) << 12 | (bytes[1] & 0x3fU) << 6 | (bytes[2] & 0x3fU);
}

static void put_byte(FILE *out, unsigned char c)
{
    if (c == '\n')
        (void)fputs("\\n", out);
    else if (c == '\t')
        (void)fputs("\\t", out);
    else
        (void)fprintf(out, "\\x%02x", c);
}

static void put_character(FILE *out, const unsigned char *bytes, size_t length)
{
    if (length == 0 || (length == 1 && (bytes[0] < 0x20 || bytes[0] == 0x7f)))
        put_byte(out, bytes[0]);
    else if (is_steering(bytes, length))
        (void)fprintf(out, "\\u%04x", code_of(bytes, length));
    else
        (void)fwrite(bytes, 1, length, out);
}

void paint_text(const struct paint *paint, enum paint_colour colour, struct str text)
{
    bool colours = paint->colours && colour != PAINT_PLAIN;

    if (colours)
        (void)fprintf(paint->out, "\033[%sm", codes[colour]);
    while (text.len) {
        size_t length = utf8_length(text);

        put_character(paint->out, (const unsigned char *)text.ptr, length);
        text = str_skip(text, length ? length : 1);
    }
    if (colours)
        (void)fputs("\033[0m", paint->out);
}
