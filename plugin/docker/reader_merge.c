#include "docker/reader_core.h"

/* Conformance mode: what encoding/json makes of keys that come twice. A node is the memory that Go
 * decodes into, and what is there decides what the next value does to it:
 * - NODE_NULL is a zero value: nil, or a scalar or struct that nothing was stored into;
 * - null makes pointers, maps and lists nil and leaves all else alone;
 * - a struct's members are the fields that were touched, each once;
 * - a list keeps its backing array: its elements, also those beyond its length, are what the next
 *   list's elements are decoded into;
 * - a map's members are all that were ever added: the last of a key counts, and reader_tidy()
 *   drops the others. */

static const struct type text_type = {.kind = KIND_STRING};
static const struct type byte_type = {.kind = KIND_INT, .bits = 8, .is_unsigned = true};
static const struct type any_type = {.kind = KIND_ANY};

/* A list's items; they stand in an array that knows how many of them were ever used. */
struct backing {
    size_t used;
    size_t cap;
    struct node items[];
};

static struct backing *backing_of(const struct node *list)
{
    return list->list.items ? (struct backing *)(void *)((char *)list->list.items -
                                                         offsetof(struct backing, items))
                            : NULL;
}

/* Room for one more item; a fresh one is a zero value. */
static int grow_list(struct reader *reader, struct node *list)
{
    struct backing *old = backing_of(list);
    size_t cap = old ? old->cap * 2 : 4;
    struct backing *grown;

    if (old && old->used < old->cap) {
        old->items[old->used++] = (struct node){.type = NODE_NULL};
        return 0;
    }
    grown = arena_alloc(reader->arena, sizeof *grown + cap * sizeof *grown->items);
    if (!grown)
        return reader_refuse_full(reader);
    grown->cap = cap;
    grown->used = old ? old->used : 0;
    if (old)
        memcpy(grown->items, old->items, old->used * sizeof *grown->items);
    list->list.items = grown->items;
    grown->items[grown->used++] = (struct node){.type = NODE_NULL};
    return 0;
}

/* Room for one more member. They grow in steps of doubling, so that the count tells the room. */
static struct node *add_member(struct reader *reader, struct node *fields, struct str key)
{
    size_t count = fields->fields.count;
    struct member *members = fields->fields.members;

    if ((count & (count - 1)) == 0) {
        members = arena_array(reader->arena, count ? count * 2 : 1, sizeof *members);
        if (!members) {
            (void)reader_refuse_full(reader);
            return NULL;
        }
        if (count)
            memcpy(members, fields->fields.members, count * sizeof *members);
        fields->fields.members = members;
    }
    members[count] = (struct member){.key = key, .value = {.type = NODE_NULL}};
    fields->fields.count++;
    return &members[count].value;
}

static struct node *field_memory(struct reader *reader, struct node *memory,
                                 const struct field *field)
{
    for (size_t i = 0; i < memory->fields.count; i++)
        if (memory->fields.members[i].key.ptr == field->name.ptr)
            return &memory->fields.members[i].value;
    return add_member(reader, memory, field->name);
}

static int merge_member(struct reader *reader, const struct type *type, struct node *memory,
                        size_t *hint)
{
    struct reader_match match;
    struct node *value;
    struct str key;

    if (reader_key(reader, &key) < 0)
        return -1;
    match = reader_match(type, key, *hint);
    if (!match.field)
        return reader_unknown(reader, type, key);
    *hint = (size_t)(match.field - type->fields) + 1;
    reader->place->key = match.field->name;
    value = field_memory(reader, memory, match.field);
    return value ? reader_merge_value(reader, match.field->type, value) : -1;
}

static int merge_struct(struct reader *reader, const struct type *type, struct node *memory)
{
    struct reader_place place = {.position = 0};
    bool first = true;
    size_t hint = 0;
    int more;

    if (reader_peek(reader) != '{')
        return reader_refuse_type(reader, "an object");
    if (reader_open(reader, &place) < 0)
        return -1;
    if (memory->type == NODE_NULL)
        *memory = (struct node){.type = NODE_STRUCT, .fields = {.of = type}};
    while ((more = reader_next(reader, '}', &first)) > 0)
        if (merge_member(reader, type, memory, &hint) < 0)
            return -1;
    reader_leave(reader, &place);
    return more;
}

static int merge_map(struct reader *reader, const struct type *of, struct node *memory)
{
    struct reader_place place = {.position = 0};
    bool first = true;
    int more;

    if (reader_peek(reader) != '{')
        return reader_refuse_type(reader, "an object");
    if (reader_open(reader, &place) < 0)
        return -1;
    if (memory->type == NODE_NULL)
        *memory = (struct node){.type = NODE_MAP};
    while ((more = reader_next(reader, '}', &first)) > 0) {
        struct node *value;

        if (reader_key(reader, &place.key) < 0)
            return -1;
        value = add_member(reader, memory, place.key);
        if (!value || reader_merge_value(reader, of, value) < 0)
            return -1;
    }
    reader_leave(reader, &place);
    return more;
}

/* most: elements that have a place; those beyond it are stepped over. */
static int merge_list(struct reader *reader, const struct type *of, size_t most,
                      struct node *memory)
{
    struct reader_place place = {.position = 0};
    size_t count = 0;
    bool first = true;
    int more;

    if (reader_peek(reader) != '[')
        return reader_refuse_type(reader, "a list");
    if (reader_open(reader, &place) < 0)
        return -1;
    if (memory->type == NODE_NULL)
        *memory = (struct node){.type = NODE_LIST};
    while ((more = reader_next(reader, ']', &first)) > 0) {
        struct backing *backing = backing_of(memory);

        place.position++;
        if (count == most) {
            if (reader_skip(reader) < 0)
                return -1;
            continue;
        }
        if ((!backing || count == backing->used) && grow_list(reader, memory) < 0)
            return -1;
        if (reader_merge_value(reader, of, &memory->list.items[count++]) < 0)
            return -1;
    }
    reader_leave(reader, &place);
    memory->list.count = count;
    return more;
}

/* A slice: an empty list drops the backing array. */
static int merge_slice(struct reader *reader, const struct type *of, struct node *memory)
{
    if (merge_list(reader, of, SIZE_MAX, memory) < 0)
        return -1;
    if (memory->list.count == 0)
        memory->list.items = NULL;
    return 0;
}

/* [N]T: elements that are not given become zero. */
static int merge_array(struct reader *reader, const struct type *type, struct node *memory)
{
    if (merge_list(reader, type->of, type->length, memory) < 0)
        return -1;
    while (memory->list.count < type->length) {
        struct backing *backing = backing_of(memory);

        if ((!backing || memory->list.count == backing->used) && grow_list(reader, memory) < 0)
            return -1;
        memory->list.items[memory->list.count++] = (struct node){.type = NODE_NULL};
    }
    return 0;
}

/* strslice.StrSlice decodes into a slice of its own. */
static int merge_strslice(struct reader *reader, struct node *memory)
{
    *memory = (struct node){.type = NODE_LIST};
    if (reader_peek(reader) != '"')
        return merge_slice(reader, &text_type, memory);
    if (grow_list(reader, memory) < 0)
        return -1;
    memory->list.count = 1;
    return reader_scalar(reader, &text_type, &memory->list.items[0]);
}

/* []byte that came as text, as the list of numbers that a JSON list is decoded into. */
static int spread_bytes(struct reader *reader, struct node *memory)
{
    struct str text = memory->string;

    *memory = (struct node){.type = NODE_LIST};
    for (size_t i = 0; i < text.len; i++) {
        if (grow_list(reader, memory) < 0)
            return -1;
        memory->list.items[i] =
            (struct node){.type = NODE_INT, .integer = (unsigned char)text.ptr[i]};
    }
    return 0;
}

static int merge_bytes(struct reader *reader, const struct type *type, struct node *memory)
{
    if (reader_peek(reader) != '[')
        return reader_scalar(reader, type, memory);
    if (memory->type == NODE_STRING && spread_bytes(reader, memory) < 0)
        return -1;
    return merge_slice(reader, &byte_type, memory);
}

/* interface{}: always a new value. */
static int merge_any(struct reader *reader, struct node *memory)
{
    *memory = (struct node){.type = NODE_NULL};
    switch (reader_peek(reader)) {
    case '{':
        return merge_map(reader, &any_type, memory);
    case '[':
        return merge_slice(reader, &any_type, memory);
    case '"':
        return reader_scalar(reader, &text_type, memory);
    case 't':
    case 'f':
        return reader_scalar(reader, &(struct type){.kind = KIND_BOOL}, memory);
    default:
        return reader_any_number(reader, memory);
    }
}

static int merge_null(struct reader *reader, const struct type *type, struct node *memory)
{
    switch (type->kind) {
    case KIND_BOOL:
    case KIND_INT:
    case KIND_FLOAT:
    case KIND_STRING:
    case KIND_STRUCT:
    case KIND_ARRAY:
        break;
    default:
        *memory = (struct node){.type = NODE_NULL};
    }
    return reader_word(reader, STR("null"));
}

int reader_merge_value(struct reader *reader, const struct type *type, struct node *memory)
{
    if (reader_peek(reader) == 'n')
        return merge_null(reader, type, memory);
    switch (type->kind) {
    case KIND_STRUCT:
        return merge_struct(reader, type, memory);
    case KIND_POINTER:
        return reader_merge_value(reader, type->of, memory);
    case KIND_MAP:
        return merge_map(reader, type->of, memory);
    case KIND_LIST:
        return merge_slice(reader, type->of, memory);
    case KIND_ARRAY:
        return merge_array(reader, type, memory);
    case KIND_STRSLICE:
        return merge_strslice(reader, memory);
    case KIND_BYTES:
        return merge_bytes(reader, type, memory);
    case KIND_ANY:
        return merge_any(reader, memory);
    default:
        return reader_scalar(reader, type, memory);
    }
}
