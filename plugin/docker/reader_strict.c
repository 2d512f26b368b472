#include "docker/reader_core.h"

/* Strict mode: every key once, every value of its type, so a value is built once and for all. */

enum { SEEN_WORDS = 2 }; /* structs have at most 64 fields for each; schema_test checks it */

static const struct type text_type = {.kind = KIND_STRING};
static const struct type any_type = {.kind = KIND_ANY};

static int refuse_twice(struct reader *reader, struct str key)
{
    struct str shown = reader_shown(key);

    return reader_refuse(reader, STR("request.duplicate-key"), STR("send each key once"),
                         "the key %.*s is given twice", STR_FMT(shown));
}

static int refuse_odd(struct reader *reader, struct str name)
{
    return reader_refuse(reader, STR("request.odd-key"), STR("send the key in plain letters"),
                         "a key reads as %.*s only because of a character beyond ASCII",
                         STR_FMT(name));
}

/* Which fields of a struct have been met. */
struct progress {
    uint64_t seen[SEEN_WORDS];
    size_t hint;
};

static int read_field(struct reader *reader, const struct type *type, const struct field *field,
                      struct progress *progress)
{
    size_t index = (size_t)(field - type->fields);
    uint64_t bit = UINT64_C(1) << (index % 64);
    struct node value = {.type = NODE_NULL};

    reader->place->key = field->name;
    if (progress->seen[index / 64] & bit)
        return refuse_twice(reader, field->name);
    progress->seen[index / 64] |= bit;
    progress->hint = index + 1;
    if (reader_strict_value(reader, field->type, &value) < 0)
        return -1;
    /* null leaves the field at its zero value, as if it were absent. */
    return value.type == NODE_NULL ? 0 : reader_push(reader, field->name, &value);
}

static int read_member(struct reader *reader, const struct type *type, struct progress *progress)
{
    struct reader_match match;
    struct str key;

    if (reader_key(reader, &key) < 0)
        return -1;
    match = reader_match(type, key, progress->hint);
    if (match.odd)
        return refuse_odd(reader, match.field->name);
    if (match.field)
        return read_field(reader, type, match.field, progress);
    return reader_unknown(reader, type, key);
}

static int read_struct(struct reader *reader, const struct type *type, struct node *ret)
{
    struct reader_place place = {.position = 0};
    struct progress progress = {.hint = 0};
    size_t base = reader->stack_count;
    bool first = true;
    int more;

    if (reader_peek(reader) != '{')
        return reader_refuse_type(reader, "an object");
    if (reader_open(reader, &place) < 0)
        return -1;
    while ((more = reader_next(reader, '}', &first)) > 0)
        if (read_member(reader, type, &progress) < 0)
            return -1;
    if (more < 0)
        return -1;
    reader_leave(reader, &place);
    ret->type = NODE_STRUCT;
    ret->fields.of = type;
    return reader_pop_members(reader, base, ret);
}

/* A value in a list or map, where null stands for the zero value. */
static int read_element(struct reader *reader, const struct type *type, struct str key)
{
    struct node value = {.type = NODE_NULL};

    if (reader_strict_value(reader, type, &value) < 0)
        return -1;
    if (value.type == NODE_NULL && reader_zero(reader, type, &value) < 0)
        return -1;
    return reader_push(reader, key, &value);
}

static int check_map(struct reader *reader, const struct node *map)
{
    const struct member *members = map->fields.members;

    for (size_t i = 1; i < map->fields.count; i++)
        if (str_eq(members[i - 1].key, members[i].key))
            return refuse_twice(reader, members[i].key);
    return 0;
}

static int read_map(struct reader *reader, const struct type *of, struct node *ret)
{
    struct reader_place place = {.position = 0};
    size_t base = reader->stack_count;
    bool first = true;
    struct str key;
    int more;

    if (reader_peek(reader) != '{')
        return reader_refuse_type(reader, "an object");
    if (reader_open(reader, &place) < 0)
        return -1;
    while ((more = reader_next(reader, '}', &first)) > 0) {
        if (reader_key(reader, &key) < 0)
            return -1;
        place.key = key;
        if (read_element(reader, of, key) < 0)
            return -1;
    }
    if (more < 0)
        return -1;
    reader_leave(reader, &place);
    ret->type = NODE_MAP;
    ret->fields.of = NULL;
    if (reader_pop_members(reader, base, ret) < 0)
        return -1;
    node_sort(ret);
    return check_map(reader, ret);
}

/* Items beyond most are stepped over, whatever they are: Go's fixed arrays ignore them. */
static int read_list(struct reader *reader, const struct type *of, size_t most, struct node *ret)
{
    struct reader_place place = {.position = 0};
    size_t base = reader->stack_count;
    bool first = true;
    int more;

    if (reader_peek(reader) != '[')
        return reader_refuse_type(reader, "a list");
    if (reader_open(reader, &place) < 0)
        return -1;
    while ((more = reader_next(reader, ']', &first)) > 0) {
        place.position++;
        if (place.position > most ? reader_skip(reader) < 0 : read_element(reader, of, STR("")) < 0)
            return -1;
    }
    if (more < 0)
        return -1;
    reader_leave(reader, &place);
    ret->type = NODE_LIST;
    return reader_pop_items(reader, base, ret);
}

static int read_array(struct reader *reader, const struct type *type, struct node *ret)
{
    struct node given = {.type = NODE_LIST};

    if (read_list(reader, type->of, type->length, &given) < 0 || reader_zero(reader, type, ret) < 0)
        return -1;
    for (size_t i = 0; i < given.list.count; i++)
        ret->list.items[i] = given.list.items[i];
    return 0;
}

/* strslice.StrSlice.UnmarshalJSON: a bare string is a list of one. */
static int read_strslice(struct reader *reader, struct node *ret)
{
    size_t base = reader->stack_count;

    if (reader_peek(reader) != '"')
        return read_list(reader, &text_type, SIZE_MAX, ret);
    if (read_element(reader, &text_type, STR("")) < 0)
        return -1;
    ret->type = NODE_LIST;
    return reader_pop_items(reader, base, ret);
}

static int read_any(struct reader *reader, struct node *ret)
{
    switch (reader_peek(reader)) {
    case '{':
        return read_map(reader, &any_type, ret);
    case '[':
        return read_list(reader, &any_type, SIZE_MAX, ret);
    case '"':
        ret->type = NODE_STRING;
        return reader_string(reader, &ret->string);
    case 't':
    case 'f':
        return reader_scalar(reader, &(struct type){.kind = KIND_BOOL}, ret);
    default:
        return reader_any_number(reader, ret);
    }
}

int reader_strict_value(struct reader *reader, const struct type *type, struct node *ret)
{
    if (reader_peek(reader) == 'n') {
        ret->type = NODE_NULL;
        return reader_word(reader, STR("null"));
    }
    switch (type->kind) {
    case KIND_STRUCT:
        return read_struct(reader, type, ret);
    case KIND_POINTER:
        return reader_strict_value(reader, type->of, ret);
    case KIND_MAP:
        return read_map(reader, type->of, ret);
    case KIND_LIST:
        return read_list(reader, type->of, SIZE_MAX, ret);
    case KIND_ARRAY:
        return read_array(reader, type, ret);
    case KIND_STRSLICE:
        return read_strslice(reader, ret);
    case KIND_ANY:
        return read_any(reader, ret);
    default:
        return reader_scalar(reader, type, ret);
    }
}
