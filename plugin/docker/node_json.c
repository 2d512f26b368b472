#include "docker/node_json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static bool says_nothing(const struct node *node)
{
    switch (node->type) {
    case NODE_NULL:
        return true;
    case NODE_BOOL:
        return !node->boolean;
    case NODE_INT:
    case NODE_FLOAT:
        return false;
    case NODE_STRING:
        return node->string.len == 0;
    case NODE_LIST:
        return node->list.count == 0;
    case NODE_MAP:
    case NODE_STRUCT:
        break;
    }
    /* A map's keys are data, so they say something by being there. */
    if (node->type == NODE_MAP)
        return node->fields.count == 0;
    for (size_t i = 0; i < node->fields.count; i++)
        if (!says_nothing(&node->fields.members[i].value))
            return false;
    return true;
}

/* The shorter way to write it that is read as the same number. */
static void put_float(double number, struct buffer *out)
{
    char text[32];

    (void)snprintf(text, sizeof text, "%.15g", number);
    if (strtod(text, NULL) != number)
        (void)snprintf(text, sizeof text, "%.17g", number);
    (void)buffer_str(out, str_from(text));
}

static void put_list(const struct node *list, enum node_json_form form, struct buffer *out)
{
    (void)buffer_str(out, STR("["));
    for (size_t i = 0; i < list->list.count; i++) {
        if (i > 0)
            (void)buffer_str(out, STR(","));
        node_json(&list->list.items[i], form, out);
    }
    (void)buffer_str(out, STR("]"));
}

static void put_members(const struct node *node, enum node_json_form form, struct buffer *out)
{
    bool leaves_out = form == NODE_JSON_SAID && node->type == NODE_STRUCT;
    const char *separator = "";

    (void)buffer_str(out, STR("{"));
    for (size_t i = 0; i < node->fields.count; i++) {
        const struct member *member = &node->fields.members[i];

        if (leaves_out && says_nothing(&member->value))
            continue;
        (void)buffer_str(out, str_from(separator));
        (void)buffer_json(out, member->key);
        (void)buffer_str(out, STR(":"));
        node_json(&member->value, form, out);
        separator = ",";
    }
    (void)buffer_str(out, STR("}"));
}

void node_json(const struct node *node, enum node_json_form form, struct buffer *out)
{
    switch (node->type) {
    case NODE_NULL:
        (void)buffer_str(out, STR("null"));
        break;
    case NODE_BOOL:
        (void)buffer_str(out, node->boolean ? STR("true") : STR("false"));
        break;
    case NODE_INT:
        (void)buffer_printf(out, "%" PRId64, node->integer);
        break;
    case NODE_FLOAT:
        put_float(node->number, out);
        break;
    case NODE_STRING:
        (void)buffer_json(out, node->string);
        break;
    case NODE_LIST:
        put_list(node, form, out);
        break;
    case NODE_MAP:
    case NODE_STRUCT:
        put_members(node, form, out);
        break;
    }
}
