#include "docker/reader_core.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"

enum {
    FIRST_STACK = 64,  /* members */
    KEY_IN_PATH = 64,  /* bytes of a key that a message shows */
    MESSAGE_MAX = 256, /* bytes */
};

static const struct str plain_json = {"send plain JSON, as every Docker client does", 44};

/* The key cut where a message can do with it, between two characters. */
struct str reader_shown(struct str key)
{
    size_t at = 0;

    while (at < key.len) {
        size_t step = utf8_length(str_skip(key, at));

        if (at + step > KEY_IN_PATH)
            break;
        at += step ? step : 1;
    }
    return str_take(key, at);
}

static size_t steps_of(const struct reader_place *place, const struct reader_place **steps)
{
    size_t count = 0;

    for (; place && count < READER_MAX_DEPTH; place = place->up)
        steps[count++] = place;
    return count;
}

static struct str extend(struct arena *arena, struct str path, const struct reader_place *step)
{
    struct str key = step->key.len ? reader_shown(step->key) : STR("\"\"");

    if (step->position)
        return arena_printf(arena, "%.*s[%zu]", STR_FMT(path), step->position);
    if (!step->key.ptr)
        return path;
    return arena_printf(arena, "%.*s%s%.*s", STR_FMT(path), path.len ? "." : "", STR_FMT(key));
}

struct str reader_path(struct reader *reader)
{
    const struct reader_place *steps[READER_MAX_DEPTH];
    struct str path = STR("");

    for (size_t i = steps_of(reader->place, steps); i-- > 0 && path.ptr;)
        path = extend(reader->arena, path, steps[i]);
    return path;
}

int reader_refuse(struct reader *reader, struct str id, struct str fix, const char *fmt, ...)
{
    struct refusal *refusal = reader->refusal;
    char text[MESSAGE_MAX];
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    *refusal = (struct refusal){.id = id, .fix = fix};
    refusal->field = reader_path(reader);
    if (!refusal->field.ptr)
        refusal->field = STR("");
    refusal->msg = arena_str(reader->arena, str_from(text));
    if (!refusal->msg.ptr)
        refusal->msg = STR("the request is odd, and too large to say more");
    return -1;
}

int reader_refuse_syntax(struct reader *reader, const char *what)
{
    return reader_refuse(reader, STR("request.json"), plain_json, "not JSON at byte %zu: %s",
                         (size_t)(reader->at - reader->start) + 1, what);
}

int reader_refuse_type(struct reader *reader, const char *expected)
{
    return reader_refuse(
        reader, STR("request.json"), STR("send a value of the type that the API names"),
        "%s is expected here, at byte %zu", expected, (size_t)(reader->at - reader->start) + 1);
}

int reader_refuse_full(struct reader *reader)
{
    return reader_refuse(reader, STR("request.too-complex"), STR("send a smaller request"),
                         "the request has too many parts to be read");
}

int reader_open(struct reader *reader, struct reader_place *place)
{
    size_t most = reader->mode == READER_STRICT ? READER_MAX_DEPTH : READER_GO_MAX_DEPTH;

    if (reader->depth == most)
        return reader_refuse(reader, STR("request.depth"), STR("nest less deeply"),
                             "more than %zu levels of nesting", most);
    reader->depth++;
    reader->at++;
    reader_space(reader);
    place->up = reader->place;
    place->serial = ++reader->opened;
    reader->place = place;
    return 0;
}

int reader_next(struct reader *reader, char close, bool *first)
{
    reader_space(reader);
    if (reader_accept(reader, close))
        return 0;
    if (*first)
        *first = false;
    else if (!reader_accept(reader, ','))
        return reader_refuse_syntax(reader, "a comma or a closing bracket is missing");
    reader_space(reader);
    return 1;
}

int reader_key(struct reader *reader, struct str *ret)
{
    if (reader_peek(reader) != '"')
        return reader_refuse_syntax(reader, "a key in double quotes is missing");
    if (reader_string(reader, ret) < 0)
        return -1;
    reader_space(reader);
    if (!reader_accept(reader, ':'))
        return reader_refuse_syntax(reader, "the colon after a key is missing");
    reader_space(reader);
    return 0;
}

int reader_word(struct reader *reader, struct str word)
{
    struct str rest = {reader->at, (size_t)(reader->end - reader->at)};

    if (!str_starts(rest, word))
        return reader_refuse_syntax(reader, "no value begins like this");
    reader->at += word.len;
    return 0;
}

/* Twice the room. Where nothing was allocated behind the stack it grows in place. */
static int grow_stack(struct reader *reader)
{
    struct arena *arena = reader->arena;
    size_t cap = reader->stack_cap;
    bool in_place = cap > 0 && (char *)(reader->stack + cap) == arena->base + arena->used;
    size_t room = in_place ? cap : cap ? cap * 2 : FIRST_STACK;
    struct member *stack = arena_array(arena, room, sizeof *stack);

    if (!stack)
        return reader_refuse_full(reader);
    reader->stack_cap = in_place ? cap * 2 : room;
    if (in_place)
        return 0;
    if (reader->stack_count)
        memcpy(stack, reader->stack, reader->stack_count * sizeof *stack);
    reader->stack = stack;
    return 0;
}

int reader_push(struct reader *reader, struct str key, const struct node *value)
{
    struct member *member;

    if (reader->stack_count == reader->stack_cap && grow_stack(reader) < 0)
        return -1;
    member = &reader->stack[reader->stack_count++];
    member->key = key;
    member->value = *value;
    return 0;
}

int reader_pop_members(struct reader *reader, size_t base, struct node *ret)
{
    size_t count = reader->stack_count - base;

    ret->fields.members = NULL;
    ret->fields.count = count;
    if (count == 0)
        return 0;
    ret->fields.members = arena_array(reader->arena, count, sizeof *ret->fields.members);
    if (!ret->fields.members)
        return reader_refuse_full(reader);
    memcpy(ret->fields.members, reader->stack + base, count * sizeof *ret->fields.members);
    reader->stack_count = base;
    return 0;
}

int reader_pop_items(struct reader *reader, size_t base, struct node *ret)
{
    size_t count = reader->stack_count - base;

    ret->list.items = NULL;
    ret->list.count = count;
    if (count == 0)
        return 0;
    ret->list.items = arena_array(reader->arena, count, sizeof *ret->list.items);
    if (!ret->list.items)
        return reader_refuse_full(reader);
    for (size_t i = 0; i < count; i++)
        ret->list.items[i] = reader->stack[base + i].value;
    reader->stack_count = base;
    return 0;
}
