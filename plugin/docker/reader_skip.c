#include "docker/reader_core.h"

/* Brackets that are open, a bit each: set where an object stands open. No recursion, since the
 * depth is the sender's choice. */
struct brackets {
    uint64_t bits[(READER_GO_MAX_DEPTH + 63) / 64];
    size_t count;
};

static int open_bracket(struct reader *reader, struct brackets *brackets, bool is_object)
{
    size_t most = reader->mode == READER_STRICT ? READER_MAX_DEPTH : READER_GO_MAX_DEPTH;
    uint64_t bit = UINT64_C(1) << (brackets->count % 64);

    if (reader->depth + brackets->count == most)
        return reader_refuse(reader, STR("request.depth"), STR("nest less deeply"),
                             "more than %zu levels of nesting", most);
    if (is_object)
        brackets->bits[brackets->count / 64] |= bit;
    else
        brackets->bits[brackets->count / 64] &= ~bit;
    brackets->count++;
    reader->at++;
    reader_space(reader);
    return 0;
}

static bool in_object(const struct brackets *brackets)
{
    size_t top = brackets->count - 1;

    return brackets->bits[top / 64] >> (top % 64) & 1;
}

static int skip_scalar(struct reader *reader)
{
    struct str text;
    bool is_integer;

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
    struct str key;
    int more;

    do {
        if (brackets->count == 0)
            return 0;
        more = reader_next(reader, in_object(brackets) ? '}' : ']', &first);
        if (more < 0)
            return -1;
        if (more == 0) {
            brackets->count--;
            first = false; /* around it, a value has just ended */
        }
    } while (more == 0);
    if (in_object(brackets) && reader_key(reader, &key) < 0)
        return -1;
    return 1;
}

int reader_skip(struct reader *reader)
{
    struct brackets brackets;
    int more = 1;

    brackets.count = 0;
    while (more > 0) {
        char c = reader_peek(reader);
        bool opens = c == '{' || c == '[';

        if (opens ? open_bracket(reader, &brackets, c == '{') < 0 : skip_scalar(reader) < 0)
            return -1;
        more = next_value(reader, &brackets, opens);
    }
    return more;
}
