#include "docker/schema_parts.h"

const struct type schema_any = {.kind = KIND_ANY};
const struct type schema_bool = {.kind = KIND_BOOL};
const struct type schema_string = {.kind = KIND_STRING};
const struct type schema_bytes = {.kind = KIND_BYTES};
const struct type schema_float32 = {.kind = KIND_FLOAT, .bits = 32};
const struct type schema_int = {.kind = KIND_INT, .bits = 64};
const struct type schema_uint16 = {.kind = KIND_INT, .bits = 16, .is_unsigned = true};
const struct type schema_uint32 = {.kind = KIND_INT, .bits = 32, .is_unsigned = true};
const struct type schema_uint = {.kind = KIND_INT, .bits = 64, .is_unsigned = true};
const struct type schema_empty = EMPTY_STRUCT;

const struct type schema_bool_pointer = POINTER_TO(schema_bool);
const struct type schema_int_pointer = POINTER_TO(schema_int);
const struct type schema_uint_pointer = POINTER_TO(schema_uint);

const struct type schema_strslice = {.kind = KIND_STRSLICE};
const struct type schema_strings = LIST_OF(schema_string);
const struct type schema_string_lists = LIST_OF(schema_strings);
const struct type schema_string_map = MAP_OF(schema_string);
const struct type schema_empty_map = MAP_OF(schema_empty);
const struct type schema_console_size = ARRAY_OF(2, schema_uint);

const struct field *schema_field(const struct type *type, struct str name)
{
    for (size_t i = 0; i < type->field_count; i++)
        if (str_eq(type->fields[i].name, name))
            return &type->fields[i];
    return NULL;
}
