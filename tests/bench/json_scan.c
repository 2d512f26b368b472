#include "json_scan.h"

#include <stdbool.h>

static struct str skip_space(struct str text)
{
    while (text.len > 0 && strchr(" \t\r\n", *text.ptr))
        text = str_skip(text, 1);
    return text;
}

/* Bytes of the string that text begins with, quotes included. */
static size_t string_length(struct str text)
{
    size_t at = 1;

    while (at < text.len && text.ptr[at] != '"')
        at += text.ptr[at] == '\\' ? 2 : 1;
    return at + 1 < text.len ? at + 1 : text.len;
}

static int depth_change(char c)
{
    if (c == '{' || c == '[')
        return 1;
    return c == '}' || c == ']' ? -1 : 0;
}

/* Bytes of the value that text begins with. */
static size_t value_length(struct str text)
{
    int depth = 0;
    size_t at = 0;

    while (at < text.len) {
        char c = text.ptr[at];

        if (depth == 0 && (c == ',' || depth_change(c) < 0))
            break;
        at += c == '"' ? string_length(str_skip(text, at)) : 1;
        depth += depth_change(c);
        if (depth == 0 && (c == '"' || depth_change(c) < 0))
            break;
    }
    return at;
}

struct str json_scan_member(struct str object, struct str name)
{
    struct str rest = skip_space(str_skip(skip_space(object), 1));

    while (rest.len > 0 && *rest.ptr == '"') {
        size_t key_bytes = string_length(rest);
        struct str key = str_take(str_skip(rest, 1), key_bytes - 2);
        struct str value;

        rest = skip_space(str_skip(rest, key_bytes));
        value = skip_space(str_skip(rest, 1));
        value = str_take(value, value_length(value));
        if (str_eq(key, name))
            return value;
        rest = skip_space(str_skip(rest, (size_t)(value.ptr - rest.ptr) + value.len));
        rest = skip_space(str_skip(rest, 1));
    }
    return (struct str){NULL, 0};
}

struct str json_scan_string(struct str object, struct str name)
{
    struct str value = json_scan_member(object, name);

    if (value.len < 2 || *value.ptr != '"')
        return STR("");
    return str_take(str_skip(value, 1), value.len - 2);
}
