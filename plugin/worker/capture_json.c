#include "worker/capture_json.h"

#include "base/buffer.h"
#include "docker/node_json.h"
#include "docker/reader.h"
#include "worker/capture_secret.h"

enum { TEXT_MAX_BYTES = 4 * 1024 * 1024 };

struct hiding {
    enum capture_json which;
    enum capture_secret_labels labels;
    struct arena *arena;
};

/* "name=value" is a label's. */
static struct str filter(const struct hiding *now, struct str text)
{
    struct str name = str_take(text, str_find(text, '='));
    struct str value = str_skip(text, name.len + 1);
    struct str told = capture_secret_label(now->labels, name, value, now->arena);

    if (value.len == 0)
        return capture_secret_address(text, now->arena);
    told = arena_printf(now->arena, "%.*s=%.*s", STR_FMT(name), STR_FMT(told));
    return told.ptr ? told : STR(CAPTURE_SECRET_HIDDEN);
}

static struct str told(const struct hiding *now, struct str text, struct str key)
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

/* The tree is ours alone: what was read of one parameter. key: of the member that node is, or is an
 * item of. */
static void hide(const struct hiding *now, struct node *node, struct str key)
{
    switch (node->type) {
    case NODE_NULL:
    case NODE_BOOL:
    case NODE_INT:
    case NODE_FLOAT:
        break;
    case NODE_STRING:
        node->string = told(now, node->string, key);
        break;
    case NODE_LIST:
        for (size_t i = 0; i < node->list.count; i++)
            hide(now, &node->list.items[i], key);
        break;
    case NODE_MAP:
    case NODE_STRUCT:
        for (size_t i = 0; i < node->fields.count; i++) {
            struct member *member = &node->fields.members[i];

            hide(now, &member->value, member->key);
            if (now->which == CAPTURE_JSON_FILTERS)
                member->key = filter(now, member->key);
        }
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
    hide(&(struct hiding){which, labels, arena}, &result.value, STR(""));
    buffer_init(&text, TEXT_MAX_BYTES);
    node_json(&result.value, NODE_JSON_WHOLE, &text);
    made = text.failed ? STR(CAPTURE_SECRET_HIDDEN) : arena_str(arena, buffer_view(&text));
    buffer_done(&text);
    return made.ptr ? made : STR(CAPTURE_SECRET_HIDDEN);
}
