#include "policy/locate.h"

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool is_quote(char c)
{
    return c == '"' || c == '\'';
}

/* Up to the end of the line: text starts with "--". */
static size_t comment_length(struct str text)
{
    return str_find(text, '\n');
}

/* A quoted text with its quotes. */
static size_t quoted_length(struct str text)
{
    size_t at = 1;

    while (at < text.len && text.ptr[at] != text.ptr[0] && text.ptr[at] != '\n')
        at += text.ptr[at] == '\\' ? 2 : 1;
    return at < text.len ? at + 1 : text.len;
}

static size_t word_length(struct str text)
{
    size_t at = 0;

    while (at < text.len && is_word(text.ptr[at]))
        at++;
    return at;
}

static bool is_assigned(struct str after)
{
    while (after.len > 0 && (after.ptr[0] == ' ' || after.ptr[0] == '\t'))
        after = str_skip(after, 1);
    return after.len > 0 && after.ptr[0] == '=' && !(after.len > 1 && after.ptr[1] == '=');
}

/* The length of what text starts with; *found when that is the key. */
static size_t token(struct str text, struct str key, bool *found)
{
    size_t length;

    if (str_starts(text, STR("--")))
        return comment_length(text);
    if (is_quote(text.ptr[0])) {
        length = quoted_length(text);
        *found = length >= 2 && str_eq(str_take(str_skip(text, 1), length - 2), key);
        return length;
    }
    length = word_length(text);
    if (length == 0)
        return 1;
    *found = str_eq(str_take(text, length), key) && is_assigned(str_skip(text, length));
    return length;
}

int locate_key(struct str text, int from, struct str key)
{
    int line = 1;
    bool found = false;

    while (text.len > 0) {
        size_t length;

        if (text.ptr[0] == '\n')
            line++;
        length = token(text, key, &found);
        if (found && line >= from)
            return line;
        found = false;
        text = str_skip(text, length);
    }
    return from;
}

int locate_path(struct str text, int from, struct str path)
{
    while (path.len > 0) {
        size_t length = word_length(path);

        if (length > 0)
            from = locate_key(text, from, str_take(path, length));
        path = str_skip(path, length ? length : 1);
    }
    return from;
}
