#include "docker/reader_core.h"

#include <stdlib.h>

struct entry {
    const struct member *member;
};

/* Same keys in the order in which they came. */
static int compare_entries(const void *left, const void *right)
{
    const struct member *a = ((const struct entry *)left)->member;
    const struct member *b = ((const struct entry *)right)->member;
    int order = str_cmp(a->key, b->key);

    return order ? order : (a > b) - (a < b);
}

/* Sort a map and keep the last member of each key. */
static int unite(struct reader *reader, struct node *map)
{
    size_t count = map->fields.count;
    struct entry *sorted = arena_array(reader->arena, count + 1, sizeof *sorted);
    struct member *kept = arena_array(reader->arena, count + 1, sizeof *kept);
    size_t kept_count = 0;

    if (!sorted || !kept)
        return reader_refuse_full(reader);
    for (size_t i = 0; i < count; i++)
        sorted[i].member = &map->fields.members[i];
    qsort(sorted, count, sizeof *sorted, compare_entries);
    for (size_t i = 0; i < count; i++)
        if (i + 1 == count || !str_eq(sorted[i].member->key, sorted[i + 1].member->key))
            kept[kept_count++] = *sorted[i].member;
    map->fields.members = kept;
    map->fields.count = kept_count;
    return 0;
}

/* An element or map value: it is there even where it is a zero value. */
static int tidy_element(struct reader *reader, const struct type *type, struct node *memory)
{
    if (memory->type == NODE_NULL)
        return reader_zero(reader, type, memory);
    return reader_tidy(reader, type, memory);
}

static int tidy_map(struct reader *reader, const struct type *of, struct node *map)
{
    if (unite(reader, map) < 0)
        return -1;
    for (size_t i = 0; i < map->fields.count; i++)
        if (tidy_element(reader, of, &map->fields.members[i].value) < 0)
            return -1;
    return 0;
}

static int tidy_list(struct reader *reader, const struct type *of, struct node *list)
{
    for (size_t i = 0; i < list->list.count; i++)
        if (tidy_element(reader, of, &list->list.items[i]) < 0)
            return -1;
    return 0;
}

/* Drop the fields that are at their zero value again. */
static int tidy_struct(struct reader *reader, const struct type *type, struct node *fields)
{
    size_t kept = 0;

    for (size_t i = 0; i < fields->fields.count; i++) {
        struct member *member = &fields->fields.members[i];
        const struct field *field = schema_field(type, member->key);

        if (member->value.type == NODE_NULL)
            continue;
        if (reader_tidy(reader, field->type, &member->value) < 0)
            return -1;
        fields->fields.members[kept++] = *member;
    }
    fields->fields.count = kept;
    return 0;
}

/* []byte that came as a list of numbers. */
static int gather_bytes(struct reader *reader, struct node *list)
{
    size_t len = list->list.count;
    char *text = arena_alloc(reader->arena, len + 1);

    if (!text)
        return reader_refuse_full(reader);
    for (size_t i = 0; i < len; i++)
        text[i] = (char)node_int(&list->list.items[i]);
    *list = (struct node){.type = NODE_STRING, .string = {text, len}};
    return 0;
}

int reader_tidy(struct reader *reader, const struct type *type, struct node *memory)
{
    static const struct type text_type = {.kind = KIND_STRING};
    static const struct type any_type = {.kind = KIND_ANY};

    if (type->kind == KIND_POINTER)
        type = type->of;
    if (memory->type == NODE_STRUCT)
        return tidy_struct(reader, type, memory);
    if (memory->type == NODE_MAP)
        return tidy_map(reader, type->kind == KIND_MAP ? type->of : &any_type, memory);
    if (memory->type != NODE_LIST)
        return 0;
    if (type->kind == KIND_BYTES)
        return gather_bytes(reader, memory);
    if (type->kind == KIND_STRSLICE)
        return tidy_list(reader, &text_type, memory);
    return tidy_list(reader, type->kind == KIND_ANY ? &any_type : type->of, memory);
}
