#include "known.h"

enum { FIELDS_MAX = 2048 };

static const struct field *fields[FIELDS_MAX];
static size_t count;

bool known_has(const struct field *field)
{
    for (size_t i = 0; i < count; i++)
        if (fields[i] == field)
            return true;
    return false;
}

size_t known_count(void)
{
    return count;
}

/* The struct that lists, maps and pointers lead to. */
static const struct type *innermost(const struct type *type)
{
    while (type->of)
        type = type->of;
    return type;
}

bool known_add(const struct type *body, struct str path)
{
    const struct field *field = NULL;
    const struct type *type = body;

    while (path.len > 0) {
        size_t dot = str_find(path, '.');

        type = innermost(type);
        field = type->kind == KIND_STRUCT ? schema_field(type, str_take(path, dot)) : NULL;
        if (!field)
            return false;
        type = field->type;
        path = str_skip(path, dot + 1);
    }
    if (!field || count == FIELDS_MAX)
        return false;
    if (!known_has(field))
        fields[count++] = field;
    return true;
}
