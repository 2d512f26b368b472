#include "docker/reader_core.h"

/* What ends each object and list that is open, the innermost last. No recursion: the depth is the
 * sender's choice. */
struct brackets {
    size_t count;
    char close[READER_GO_MAX_DEPTH];
};

static int open_bracket(struct reader *reader, struct brackets *brackets, char close)
{
    size_t most = reader->mode == READER_STRICT ? READER_MAX_DEPTH : READER_GO_MAX_DEPTH;

    if (reader->depth + brackets->count == most)
        return reader_refuse(reader, STR("request.depth"), STR("nest less deeply"),
                             "more than %zu levels of nesting", most);
    brackets->close[brackets->count++] = close;
    reader->at++;
    reader_space(reader);
    return 0;
}

static int skip_scalar(struct reader *reader)
{
    struct str text;
    bool is_integer = false;

    switch (reader_peek(reader)) {
    case '"':
        return reader_string(reader, &text);
    case 't':
        return reader_word(reader, STR("true"));
    case 'f':
        return reader_word(reader, STR("false"));
    case 'n':
        return reader_word(reader, STR("null"));
    default:
        return reader_number(reader, &text, &is_integer);
    }
}

/* Everything that may follow a value until the next one begins. Returns 1 when one does, 0 when
 * all brackets are closed. */
static int next_value(struct reader *reader, struct brackets *brackets, bool first)
{
    char close = '\0';
    struct str key;
    int more = 0;

    while (more == 0) {
        if (brackets->count == 0)
            return 0;
        close = brackets->close[brackets->count - 1];
        more = reader_next(reader, close, &first);
        if (more < 0)
            return -1;
        if (more == 0) {
            brackets->count--;
            first = false; /* around it, a value has just ended */
        }
    }
    if (close == '}' && reader_key(reader, &key) < 0)
        return -1;
    return 1;
}

static int skip_one(struct reader *reader, struct brackets *brackets)
{
    switch (reader_peek(reader)) {
    case '{':
        return open_bracket(reader, brackets, '}');
    case '[':
        return open_bracket(reader, brackets, ']');
    default:
        return skip_scalar(reader);
    }
}

int reader_skip(struct reader *reader)
{
    struct brackets brackets;
    int more = 1;

    brackets.count = 0;
    while (more > 0) {
        size_t open = brackets.count;

        if (skip_one(reader, &brackets) < 0)
            return -1;
        more = next_value(reader, &brackets, brackets.count > open);
    }
    return more;
}
