#include "policy/data.h"

#include <lauxlib.h>

#include "docker/reader.h"
#include "policy/lua_view.h"
#include "policy/near.h"
#include "policy/set_parts.h"

static bool is_data(const struct snapshot_file *file)
{
    return str_starts(file->name, STR("policy/data/")) && str_ends(file->name, STR(".json"));
}

static bool is_name(struct str name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

        if (!is_letter && c != '_' && (i == 0 || c < '0' || c > '9'))
            return false;
    }
    return name.len > 0;
}

static int line_of(struct str text, size_t at)
{
    int line = 1;

    for (size_t i = 0; i < at && i < text.len; i++)
        line += text.ptr[i] == '\n';
    return line;
}

static void tell_refusal(struct loading *loading, const struct data_file *file,
                         const struct reader_result *result, const struct refusal *refusal)
{
    bool is_full = str_eq(refusal->id, STR("request.too-complex"));
    bool is_syntax = str_eq(refusal->id, STR("request.json"));
    struct str msg = is_full ? STR("this set of policies is too large") : refusal->msg;
    struct str field = is_full || is_syntax ? STR("") : refusal->field;

    loading_fault(loading, &file->source, line_of(file->source.content, result->stopped_at),
                  "%.*s%s%.*s", STR_FMT(msg), field.len ? ": " : "", STR_FMT(field));
}

static void read_root(struct loading *loading, struct data_file *file)
{
    struct reader_result result = {.value = {.type = NODE_NULL}};
    struct refusal refusal;

    if (!is_name(file->name)) {
        loading_fault(
            loading, &file->source, 1,
            "a data file stands in data/ itself, and its name consists of letters, digits "
            "and '_': data/roles.json is ctx.data.roles");
        return;
    }
    if (reader_read(&schema_any, file->source.content, READER_STRICT, loading->arena, &result,
                    &refusal) < 0) {
        tell_refusal(loading, file, &result, &refusal);
        return;
    }
    file->root = result.value;
    if (file->root.type == NODE_MAP)
        file->root.type = NODE_STRUCT;
    else if (file->root.type != NODE_LIST)
        loading_fault(loading, &file->source, 1, "expected an object, { ... }, or a list, [ ... ]");
}

int data_load(const struct snapshot *snapshot, struct loading *loading, struct data *ret)
{
    struct member *members = arena_array(loading->arena, snapshot->count + 1, sizeof *members);

    *ret = (struct data){.files =
                             arena_array(loading->arena, snapshot->count + 1, sizeof *ret->files)};
    if (!members || !ret->files)
        return -1;
    for (size_t i = 0; i < snapshot->count; i++) {
        struct data_file *file = &ret->files[ret->count];
        struct str name = snapshot->files[i].name;

        if (!is_data(&snapshot->files[i]))
            continue;
        name = str_skip(name, sizeof "policy/data/" - 1);
        *file = (struct data_file){.name = str_take(name, name.len - (sizeof ".json" - 1))};
        if (set_source(&snapshot->files[i], loading->arena, &file->source) < 0)
            return -1;
        read_root(loading, file);
        members[ret->count++] = (struct member){file->name, file->root};
    }
    ret->node = (struct node){.type = NODE_STRUCT, .fields = {members, ret->count, NULL}};
    return 0;
}

static bool is_list(const struct node *node, const struct node *list)
{
    return node->type == NODE_LIST && node->list.items == list->list.items;
}

const struct source *data_source(const struct data *data, const struct node *list)
{
    for (size_t i = 0; list->list.count > 0 && i < data->count; i++) {
        const struct node *root = &data->files[i].root;

        if (is_list(root, list))
            return &data->files[i].source;
        for (size_t j = 0; root->type == NODE_STRUCT && j < node_count(root); j++)
            if (is_list(&root->fields.members[j].value, list))
                return &data->files[i].source;
    }
    return NULL;
}

static int fail_name(lua_State *L, const struct data *data, struct str name)
{
    char hint[NEAR_HINT_BYTES];
    struct near near;

    near_init(&near, name);
    for (size_t i = 0; i < data->count; i++)
        near_offer(&near, data->files[i].name);
    return luaL_error(L, "there is no file data/%s.json%s", name.ptr, near_hint(&near, hint));
}

int data_get(lua_State *L)
{
    const struct loading *loading = loading_of(L);
    const struct node *node;
    struct str name;

    name.ptr = luaL_checklstring(L, 1, &name.len);
    if (!loading || !loading->profile)
        return luaL_error(L, "data(...) belongs into policy.lua; a rule reads ctx.data.%s",
                          name.ptr);
    node = node_get(&loading->data->node, name);
    if (!node)
        return fail_name(L, loading->data, name);
    lua_view_push(L, node);
    return 1;
}
