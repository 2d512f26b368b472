#include "worker/capture_json.h"

#include <inttypes.h>

#include "base/buffer.h"
#include "docker/reader.h"
#include "worker/capture_secret.h"

enum { TEXT_MAX_BYTES = 4 * 1024 * 1024 };

struct writing {
    enum capture_json which;
    enum capture_secret_labels labels;
    struct arena *arena;
    struct buffer *out;
};

static void put(const struct writing *now, const struct node *node, struct str key);

/* "name=value" is a label's. */
static struct str filter(const struct writing *now, struct str text)
{
    struct str name = str_take(text, str_find(text, '='));
    struct str value = str_skip(text, name.len + 1);
    struct str told = capture_secret_label(now->labels, name, value, now->arena);

    if (value.len == 0)
        return capture_secret_address(text, now->arena);
    told = arena_printf(now->arena, "%.*s=%.*s", STR_FMT(name), STR_FMT(told));
    return told.ptr ? told : STR(CAPTURE_SECRET_HIDDEN);
}

static struct str told(const struct writing *now, struct str text, struct str key)
{
    switch (now->which) {
    case CAPTURE_JSON_LABELS:
        return capture_secret_label(now->labels, key, text, now->arena);
    case CAPTURE_JSON_FILTERS:
        return filter(now, text);
    case CAPTURE_JSON_PLAIN:
        return capture_secret_address(text, now->arena);
    case CAPTURE_JSON_HIDDEN:
        break;
    }
    return text.len && !str_eq(key, STR("Type")) ? STR(CAPTURE_SECRET_HIDDEN) : text;
}

static void put_items(const struct writing *now, const struct node *list, struct str key)
{
    (void)buffer_str(now->out, STR("["));
    for (size_t i = 0; i < list->list.count; i++) {
        if (i > 0)
            (void)buffer_str(now->out, STR(","));
        put(now, &list->list.items[i], key);
    }
    (void)buffer_str(now->out, STR("]"));
}

static void put_members(const struct writing *now, const struct node *map)
{
    (void)buffer_str(now->out, STR("{"));
    for (size_t i = 0; i < map->fields.count; i++) {
        const struct member *member = &map->fields.members[i];
        struct str key = member->key;

        if (i > 0)
            (void)buffer_str(now->out, STR(","));
        (void)buffer_json(now->out, now->which == CAPTURE_JSON_FILTERS ? filter(now, key) : key);
        (void)buffer_str(now->out, STR(":"));
        put(now, &member->value, key);
    }
    (void)buffer_str(now->out, STR("}"));
}

static void put(const struct writing *now, const struct node *node, struct str key)
{
    switch (node->type) {
    case NODE_NULL:
        (void)buffer_str(now->out, STR("null"));
        break;
    case NODE_BOOL:
        (void)buffer_str(now->out, node->boolean ? STR("true") : STR("false"));
        break;
    case NODE_INT:
        (void)buffer_printf(now->out, "%" PRId64, node->integer);
        break;
    case NODE_FLOAT:
        (void)buffer_printf(now->out, "%.17g", node->number);
        break;
    case NODE_STRING:
        (void)buffer_json(now->out, told(now, node->string, key));
        break;
    case NODE_LIST:
        put_items(now, node, key);
        break;
    case NODE_MAP:
    case NODE_STRUCT:
        put_members(now, node);
        break;
    }
}

struct str capture_json(struct str json, enum capture_json which, enum capture_secret_labels labels,
                        struct arena *arena)
{
    struct reader_result result;
    struct refusal refusal;
    struct buffer text;
    struct str made;

    if (json.len == 0)
        return json;
    if (reader_read(&schema_any, json, READER_STRICT, arena, &result, &refusal) < 0 ||
        (result.value.type != NODE_MAP && result.value.type != NODE_LIST))
        return STR(CAPTURE_SECRET_HIDDEN);
    buffer_init(&text, TEXT_MAX_BYTES);
    put(&(struct writing){which, labels, arena, &text}, &result.value, STR(""));
    made = text.failed ? STR(CAPTURE_SECRET_HIDDEN) : arena_str(arena, buffer_view(&text));
    buffer_done(&text);
    return made.ptr ? made : STR(CAPTURE_SECRET_HIDDEN);
}
