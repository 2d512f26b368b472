#include "canonical.h"

#include <inttypes.h>

#include "known.h"

static void print(const struct type *type, struct node *node, struct buffer *out);
static bool is_zero(const struct type *type, const struct node *node);

static void print_text(struct buffer *out, struct str s)
{
    (void)buffer_json(out, s);
}

static void print_hex(struct buffer *out, struct str s)
{
    (void)buffer_str(out, STR("\""));
    for (size_t i = 0; i < s.len; i++)
        (void)buffer_printf(out, "%02x", (unsigned)(unsigned char)s.ptr[i]);
    (void)buffer_str(out, STR("\""));
}

static void print_float(struct buffer *out, double number)
{
    float narrow = (float)number;
    uint32_t bits;

    memcpy(&bits, &narrow, sizeof bits);
    (void)buffer_printf(out, "\"%08" PRIx32 "\"", bits);
}

static void print_int(const struct type *type, struct buffer *out, int64_t value)
{
    if (type->is_unsigned)
        (void)buffer_printf(out, "%" PRIu64, (uint64_t)value);
    else
        (void)buffer_printf(out, "%" PRId64, value);
}

/* Is the member one that the oracle would print? */
static bool counts(const struct type *type, const struct member *member)
{
    const struct field *field = schema_field(type, member->key);

    return known_has(field) && !is_zero(field->type, &member->value);
}

static bool all_zero(const struct type *type, const struct node *node)
{
    for (size_t i = 0; i < node->fields.count; i++)
        if (counts(type, &node->fields.members[i]))
            return false;
    return true;
}

static bool is_zero(const struct type *type, const struct node *node)
{
    switch (type->kind) {
    case KIND_BOOL:
        return !node_bool(node);
    case KIND_INT:
        return node_int(node) == 0;
    case KIND_FLOAT:
        return node->type != NODE_FLOAT || node->number == 0;
    case KIND_STRING:
        return node_string(node).len == 0;
    case KIND_STRUCT:
        return node->type != NODE_STRUCT || all_zero(type, node);
    case KIND_ARRAY:
        for (size_t i = 0; i < node_count(node); i++)
            if (!is_zero(type->of, node_item(node, i)))
                return false;
        return true;
    default:
        return node->type == NODE_NULL;
    }
}

static void print_key(struct buffer *out, struct str key, bool *first)
{
    if (!*first)
        (void)buffer_str(out, STR(","));
    *first = false;
    print_text(out, key);
    (void)buffer_str(out, STR(":"));
}

static void print_struct(const struct type *type, struct node *node, struct buffer *out)
{
    bool first = true;

    node_sort(node);
    (void)buffer_str(out, STR("{"));
    for (size_t i = 0; i < node->fields.count; i++) {
        struct member *member = &node->fields.members[i];

        if (!counts(type, member))
            continue;
        print_key(out, member->key, &first);
        print(schema_field(type, member->key)->type, &member->value, out);
    }
    (void)buffer_str(out, STR("}"));
}

static void print_map(const struct type *of, struct node *node, struct buffer *out)
{
    bool first = true;

    (void)buffer_str(out, STR("{"));
    for (size_t i = 0; i < node->fields.count; i++) {
        print_key(out, node->fields.members[i].key, &first);
        print(of, &node->fields.members[i].value, out);
    }
    (void)buffer_str(out, STR("}"));
}

static void print_list(const struct type *of, struct node *node, struct buffer *out)
{
    (void)buffer_str(out, STR("["));
    for (size_t i = 0; i < node->list.count; i++) {
        if (i)
            (void)buffer_str(out, STR(","));
        print(of, &node->list.items[i], out);
    }
    (void)buffer_str(out, STR("]"));
}

static void print(const struct type *type, struct node *node, struct buffer *out)
{
    static const struct type text_type = {.kind = KIND_STRING};

    if (type->kind == KIND_POINTER)
        type = type->of;
    switch (node->type) {
    case NODE_NULL:
        (void)buffer_str(out, STR("null"));
        break;
    case NODE_BOOL:
        (void)buffer_str(out, node->boolean ? STR("true") : STR("false"));
        break;
    case NODE_INT:
        print_int(type, out, node->integer);
        break;
    case NODE_FLOAT:
        print_float(out, node->number);
        break;
    case NODE_STRING:
        (type->kind == KIND_BYTES ? print_hex : print_text)(out, node->string);
        break;
    case NODE_LIST:
        print_list(type->kind == KIND_STRSLICE ? &text_type : type->of, node, out);
        break;
    case NODE_MAP:
        print_map(type->of, node, out);
        break;
    case NODE_STRUCT:
        print_struct(type, node, out);
        break;
    }
}

void canonical_print(const struct type *type, struct node *node, struct buffer *out)
{
    /* null as the whole document leaves the zero value. */
    if (node->type == NODE_NULL && type->kind == KIND_STRUCT)
        (void)buffer_str(out, STR("{}"));
    else
        print(type, node, out);
}
