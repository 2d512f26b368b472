#include "cli/plain.h"

static void write_line(struct str line, FILE *out)
{
    for (size_t i = 0; i < line.len; i++) {
        unsigned char c = (unsigned char)line.ptr[i];

        (void)fputc(c < 0x20 || c == 0x7f ? '?' : c, out);
    }
}

void plain_write(struct str text, const char *indent, FILE *out)
{
    const char *separator = "";

    while (text.len) {
        struct str line = str_take(text, str_find(text, '\n'));

        (void)fprintf(out, "%s%s", separator, indent);
        write_line(line, out);
        separator = "\n";
        text = str_skip(text, line.len + 1);
    }
}
