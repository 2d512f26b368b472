#include "policy/match_compile.h"

#include "policy/match_set.h"

struct compiler {
    struct str text;
    size_t at; /* next byte of text */
    struct match_pattern *out;
    size_t count;            /* items so far, those beyond the room included */
    struct match_item *last; /* the newest item */
    struct match_item spare; /* stands in for items beyond the room */
    uint32_t open;           /* captures that are not closed yet, one bit each */
    bool refers;             /* to a capture */
};

static struct match_item *emit(struct compiler *c, enum match_op op)
{
    struct match_item *item = c->count < c->out->room ? &c->out->items[c->count] : &c->spare;

    c->count++;
    c->last = item;
    item->op = (uint8_t)op;
    item->repeat = MATCH_ONCE;
    item->capture = 0;
    item->any = false;
    return item;
}

/* Nothing behind a fault can be reached, so compiling ends with it. */
static void fault(struct compiler *c, const char *words)
{
    emit(c, MATCH_OP_FAULT)->fault = words;
    c->at = c->text.len;
}

/* One more plain byte, which stands at `at` in the text: neighbours become one item. */
static void add_byte(struct compiler *c, size_t at)
{
    const char *byte = c->text.ptr + at;
    struct match_item *last = c->last;

    if (last && last->op == MATCH_OP_BYTES && last->bytes.ptr + last->bytes.len == byte)
        last->bytes.len++;
    else
        emit(c, MATCH_OP_BYTES)->bytes = (struct str){byte, 1};
}

static enum match_repeat read_repeat(struct compiler *c)
{
    switch (c->at < c->text.len ? c->text.ptr[c->at] : '\0') {
    case '*':
        c->at++;
        return MATCH_ANY_TIMES;
    case '+':
        c->at++;
        return MATCH_ONCE_OR_MORE;
    case '?':
        c->at++;
        return MATCH_OPTIONAL;
    case '-':
        c->at++;
        return MATCH_FEWEST;
    default:
        return MATCH_ONCE;
    }
}

static bool is_any(const uint64_t set[4])
{
    return (set[0] & set[1] & set[2] & set[3]) == UINT64_MAX;
}

/* Read one character class into set; *byte is its place when it is one plain byte, else SIZE_MAX.
 * Returns false when the text is malformed. */
static bool read_class(struct compiler *c, uint64_t set[4], size_t *byte)
{
    size_t at = c->at++;
    char first = c->text.ptr[at];

    *byte = SIZE_MAX;
    if (first == '[') {
        c->at = match_set_read(c->text, at, set);
        if (c->at > 0)
            return true;
        fault(c, "malformed pattern (missing ']')");
        return false;
    }
    set[0] = set[1] = set[2] = set[3] = first == '.' ? UINT64_MAX : 0;
    if (first == '.')
        return true;
    if (first == '%') {
        if (c->at == c->text.len) {
            fault(c, "malformed pattern (ends with '%')");
            return false;
        }
        at = c->at++;
        if (match_set_add_class(set, c->text.ptr[at]))
            return true;
    }
    match_set_add(set, c->text.ptr[at]);
    *byte = at;
    return true;
}

static void add_class(struct compiler *c)
{
    uint64_t set[4];
    size_t byte;
    enum match_repeat repeat;
    struct match_item *item;

    if (!read_class(c, set, &byte))
        return;
    repeat = read_repeat(c);
    if (byte != SIZE_MAX && repeat == MATCH_ONCE) {
        add_byte(c, byte);
        return;
    }
    item = emit(c, MATCH_OP_SET);
    item->repeat = (uint8_t)repeat;
    item->any = is_any(set);
    memcpy(item->set, set, sizeof item->set);
}

static void add_open(struct compiler *c)
{
    bool position = c->at + 1 < c->text.len && c->text.ptr[c->at + 1] == ')';
    struct match_item *item;

    if (c->out->captures == MATCH_COMPILE_CAPTURES_MAX) {
        fault(c, "too many captures");
        return;
    }
    item = emit(c, position ? MATCH_OP_POSITION : MATCH_OP_OPEN);
    item->capture = c->out->captures++;
    if (!position)
        c->open |= UINT32_C(1) << item->capture;
    c->at += position ? 2 : 1;
}

/* ')' closes what was opened last. */
static void add_close(struct compiler *c)
{
    uint8_t capture = MATCH_COMPILE_CAPTURES_MAX - 1;

    if (c->open == 0) {
        fault(c, "invalid pattern capture");
        return;
    }
    while (!(c->open >> capture & 1))
        capture--;
    c->open &= ~(UINT32_C(1) << capture);
    emit(c, MATCH_OP_CLOSE)->capture = capture;
    c->at++;
}

static void add_reference(struct compiler *c)
{
    unsigned capture = (unsigned)(c->text.ptr[c->at + 1] - '1');

    if (capture >= c->out->captures || c->open >> capture & 1) {
        fault(c, "invalid capture index in pattern");
        return;
    }
    emit(c, MATCH_OP_REFERENCE)->capture = (uint8_t)capture;
    c->refers = true;
    c->at += 2;
}

static void add_balance(struct compiler *c)
{
    if (c->text.len - c->at < 4) {
        fault(c, "malformed pattern (missing arguments to '%b')");
        return;
    }
    emit(c, MATCH_OP_BALANCE)->bytes = (struct str){c->text.ptr + c->at + 2, 2};
    c->at += 4;
}

static void add_frontier(struct compiler *c)
{
    uint64_t set[4];
    size_t at = c->at + 2;

    if (at == c->text.len || c->text.ptr[at] != '[') {
        fault(c, "missing '[' after '%f' in pattern");
        return;
    }
    at = match_set_read(c->text, at, set);
    if (at == 0) {
        fault(c, "malformed pattern (missing ']')");
        return;
    }
    memcpy(emit(c, MATCH_OP_FRONTIER)->set, set, sizeof set);
    c->at = at;
}

static void add_escape(struct compiler *c)
{
    char next = match_set_byte(c->text, c->at + 1);

    if (next == 'b')
        add_balance(c);
    else if (next == 'f')
        add_frontier(c);
    else if (next >= '0' && next <= '9')
        add_reference(c);
    else
        add_class(c);
}

static void add_next(struct compiler *c)
{
    switch (c->text.ptr[c->at]) {
    case '(':
        add_open(c);
        return;
    case ')':
        add_close(c);
        return;
    case '%':
        add_escape(c);
        return;
    case '$':
        if (c->at + 1 == c->text.len) {
            emit(c, MATCH_OP_END);
            c->at++;
            return;
        }
        break;
    default:
        break;
    }
    add_class(c);
}

/* Where the pattern begins by running over any bytes, all starts within that run are tried from the
 * first one already. A reference makes it depend on the start after all. */
static bool swallows(const struct compiler *c)
{
    const struct match_item *item = c->out->items;

    if (c->refers || c->count > c->out->room)
        return false;
    while (item->op == MATCH_OP_OPEN || item->op == MATCH_OP_POSITION)
        item++;
    return item->op == MATCH_OP_SET && item->any && item->repeat != MATCH_ONCE &&
           item->repeat != MATCH_OPTIONAL;
}

size_t match_compile(struct str text, enum match_syntax syntax, struct match_pattern *pattern)
{
    struct compiler c = {.text = text, .out = pattern};

    pattern->captures = 0;
    pattern->anchored = syntax == MATCH_PATTERN && text.len > 0 && text.ptr[0] == '^';
    if (pattern->anchored)
        c.at = 1;
    while (c.at < text.len)
        add_next(&c);
    emit(&c, MATCH_OP_DONE);
    pattern->swallows = swallows(&c);
    return c.count;
}
