#include "worker/capture_body.h"

#include <inttypes.h>

#include "docker/base64.h"
#include "worker/capture_secret.h"

enum treatment {
    PLAIN,   /* but for passwords in addresses */
    HIDDEN,  /* all of it */
    PAIRS,   /* a list of "NAME=value" */
    PROGRAM, /* a list of words, of which the first names a program */
    CHECK,   /* the same, where the first says what the others are */
    LABELS,  /* a map */
    OPTIONS, /* a map of options of a driver */
};

/* Fields by their names, and by their kinds, since some names are used for other things too. */
static const struct {
    struct str name;
    enum kind kind;
    enum treatment treatment;
} secrets[] = {
    {STR_INIT("Annotations"), KIND_MAP, LABELS},
    {STR_INIT("Args"), KIND_LIST, HIDDEN},
    {STR_INIT("CACert"), KIND_STRING, HIDDEN},
    {STR_INIT("Cmd"), KIND_LIST, PROGRAM}, /* of exec */
    {STR_INIT("Cmd"), KIND_STRSLICE, HIDDEN},
    {STR_INIT("Command"), KIND_LIST, HIDDEN},
    {STR_INIT("Config"), KIND_MAP, OPTIONS},   /* of LogConfig */
    {STR_INIT("Config"), KIND_STRING, HIDDEN}, /* of CredentialSpec */
    {STR_INIT("Data"), KIND_BYTES, HIDDEN},
    {STR_INIT("DriverOpts"), KIND_MAP, OPTIONS},
    {STR_INIT("Entrypoint"), KIND_STRSLICE, HIDDEN},
    {STR_INIT("Env"), KIND_LIST, PAIRS},
    {STR_INIT("File"), KIND_STRING, HIDDEN}, /* of CredentialSpec */
    {STR_INIT("JoinToken"), KIND_STRING, HIDDEN},
    {STR_INIT("Labels"), KIND_MAP, LABELS},
    {STR_INIT("OnBuild"), KIND_LIST, HIDDEN},
    {STR_INIT("Options"), KIND_MAP, OPTIONS},
    {STR_INIT("Registry"), KIND_STRING, HIDDEN}, /* of CredentialSpec */
    {STR_INIT("Shell"), KIND_STRSLICE, HIDDEN},
    {STR_INIT("SigningCACert"), KIND_STRING, HIDDEN},
    {STR_INIT("SigningCAKey"), KIND_STRING, HIDDEN},
    {STR_INIT("StorageOpt"), KIND_MAP, OPTIONS},
    {STR_INIT("Test"), KIND_LIST, CHECK},
    {STR_INIT("UnlockKey"), KIND_STRING, HIDDEN},
    {STR_INIT("env"), KIND_LIST, PAIRS}, /* of PluginSpec */
};

struct writing {
    const struct node *unknown; /* paths of keys */
    enum capture_secret_labels labels;
    struct arena *arena;
    struct buffer *out;
};

/* Where a value stands, as far as that says what is secret in it. */
struct place {
    enum treatment treatment;
    struct str key;  /* in a map */
    size_t index;    /* in a list */
    struct str path; /* as those of the unknown keys, where there are any */
};

static const struct type text_type = {.kind = KIND_STRING};

static void put(const struct writing *now, const struct type *type, const struct node *node,
                const struct place *place);

static enum treatment treatment_of(const struct field *field)
{
    for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++)
        if (secrets[i].kind == field->type->kind && str_eq(secrets[i].name, field->name))
            return secrets[i].treatment;
    return PLAIN;
}

static struct str hidden(struct str text)
{
    return text.len ? STR(CAPTURE_SECRET_HIDDEN) : text;
}

/* container.HealthConfig.Test begins with what it is. */
static bool is_check(struct str word)
{
    return str_eq(word, STR("NONE")) || str_eq(word, STR("CMD")) || str_eq(word, STR("CMD-SHELL"));
}

static struct str told(const struct writing *now, struct str text, const struct place *place)
{
    switch (place->treatment) {
    case HIDDEN:
        return hidden(text);
    case PAIRS:
        return capture_secret_pair(text, now->arena);
    case PROGRAM:
        return place->index ? hidden(text) : capture_secret_first_word(text, now->arena);
    case CHECK:
        return place->index == 0 && is_check(text) ? text : hidden(text);
    case LABELS:
        return capture_secret_label(now->labels, place->key, text, now->arena);
    case OPTIONS:
        return capture_secret_option(place->key, text, now->arena);
    case PLAIN:
        break;
    }
    return capture_secret_address(text, now->arena);
}

static void put_text(const struct writing *now, const struct type *type, struct str text,
                     const struct place *place)
{
    text = told(now, text, place);
    if (type->kind != KIND_BYTES) {
        (void)buffer_json(now->out, text);
        return;
    }
    (void)buffer_str(now->out, STR("\""));
    base64_encode(text, now->out);
    (void)buffer_str(now->out, STR("\""));
}

static struct str path_to_item(const struct writing *now, struct str path, size_t index)
{
    return node_count(now->unknown)
               ? arena_printf(now->arena, "%.*s[%zu]", STR_FMT(path), index + 1)
               : STR("");
}

static struct str path_to_key(const struct writing *now, struct str path, struct str key)
{
    return node_count(now->unknown) ? arena_printf(now->arena, "%.*s%s%.*s", STR_FMT(path),
                                                   path.len ? "." : "", STR_FMT(key))
                                    : STR("");
}

static void put_list(const struct writing *now, const struct type *of, const struct node *list,
                     const struct place *place)
{
    struct place inside = *place;

    (void)buffer_str(now->out, STR("["));
    for (size_t i = 0; i < list->list.count; i++) {
        if (i > 0)
            (void)buffer_str(now->out, STR(","));
        inside.index = i;
        inside.path = path_to_item(now, place->path, i);
        put(now, of, &list->list.items[i], &inside);
    }
    (void)buffer_str(now->out, STR("]"));
}

static void put_key(const struct writing *now, const char **separator, struct str key)
{
    (void)buffer_str(now->out, str_from(*separator));
    (void)buffer_json(now->out, key);
    (void)buffer_str(now->out, STR(":"));
    *separator = ",";
}

static void put_map(const struct writing *now, const struct type *of, const struct node *map,
                    const struct place *place)
{
    struct place inside = *place;
    const char *separator = "";

    (void)buffer_str(now->out, STR("{"));
    for (size_t i = 0; i < map->fields.count; i++) {
        inside.key = map->fields.members[i].key;
        inside.path = path_to_key(now, place->path, inside.key);
        put_key(now, &separator, inside.key);
        put(now, of, &map->fields.members[i].value, &inside);
    }
    (void)buffer_str(now->out, STR("}"));
}

/* Whether the field would hold this value without being named. */
static bool is_zero(const struct type *type, const struct node *node)
{
    switch (type->kind) {
    case KIND_BOOL:
        return !node_bool(node);
    case KIND_INT:
        return node_int(node) == 0;
    case KIND_STRING:
        return node_string(node).len == 0;
    default:
        return node->type == NODE_NULL;
    }
}

/* Whether the rest of a path leads into a field that is known. */
static bool leads_deeper(const struct type *type, struct str rest)
{
    for (size_t i = 0; i < type->field_count; i++) {
        struct str name = type->fields[i].name;

        if (rest.len > name.len && str_starts(rest, name) &&
            (rest.ptr[name.len] == '.' || rest.ptr[name.len] == '['))
            return true;
    }
    return false;
}

static void put_unknown(const struct writing *now, const struct type *type, struct str path,
                        const char **separator)
{
    for (size_t i = 0; i < node_count(now->unknown); i++) {
        struct str rest = node_string(node_item(now->unknown, i));

        if (!str_starts(rest, path))
            continue;
        rest = str_skip(rest, path.len);
        if (path.len && !str_starts(rest, STR(".")))
            continue;
        rest = str_skip(rest, path.len > 0);
        if (leads_deeper(type, rest))
            continue;
        put_key(now, separator, rest);
        (void)buffer_str(now->out, STR("\"" CAPTURE_SECRET_HIDDEN "\""));
    }
}

static void put_struct(const struct writing *now, const struct type *type, const struct node *node,
                       const struct place *place)
{
    const char *separator = "";

    (void)buffer_str(now->out, STR("{"));
    for (size_t i = 0; i < node->fields.count; i++) {
        const struct member *member = &node->fields.members[i];
        const struct field *field = schema_field(type, member->key);
        struct place inside = {.treatment = field ? treatment_of(field) : PLAIN};

        if (!field || is_zero(field->type, &member->value))
            continue;
        inside.path = path_to_key(now, place->path, member->key);
        put_key(now, &separator, member->key);
        put(now, field->type, &member->value, &inside);
    }
    put_unknown(now, type, place->path, &separator);
    (void)buffer_str(now->out, STR("}"));
}

static void put_number(const struct writing *now, const struct type *type, int64_t value)
{
    if (type->is_unsigned)
        (void)buffer_printf(now->out, "%" PRIu64, (uint64_t)value);
    else
        (void)buffer_printf(now->out, "%" PRId64, value);
}

static const struct type *element_of(const struct type *type)
{
    return type->of ? type->of : &text_type;
}

static void put(const struct writing *now, const struct type *type, const struct node *node,
                const struct place *place)
{
    while (type->kind == KIND_POINTER)
        type = type->of;
    switch (node->type) {
    case NODE_NULL:
        (void)buffer_str(now->out, STR("null"));
        break;
    case NODE_BOOL:
        (void)buffer_str(now->out, node->boolean ? STR("true") : STR("false"));
        break;
    case NODE_INT:
        put_number(now, type, node->integer);
        break;
    case NODE_FLOAT:
        (void)buffer_printf(now->out, "%.9g", node->number);
        break;
    case NODE_STRING:
        put_text(now, type, node->string, place);
        break;
    case NODE_LIST:
        put_list(now, element_of(type), node, place);
        break;
    case NODE_MAP:
        put_map(now, element_of(type), node, place);
        break;
    case NODE_STRUCT:
        put_struct(now, type, node, place);
        break;
    }
}

void capture_body(const struct request *request, enum capture_secret_labels labels,
                  struct arena *arena, struct buffer *out)
{
    const struct type *type = request->route->body;
    const struct writing now = {&request->unknown, labels, arena, out};
    const struct place place = {.treatment = type == &schema_plugin_set ? PAIRS : PLAIN};

    put(&now, type, &request->body, &place);
}
