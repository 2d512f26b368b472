#include "policy/set_parts.h"

static bool is_library_rule(const struct snapshot_file *file)
{
    return str_starts(file->name, STR("library/rules/")) && str_ends(file->name, STR(".lua"));
}

/* "library/rules/container/bind_mounts.lua" holds rule container.bind-mounts. */
static bool holds(const struct snapshot_file *file, struct str id)
{
    struct str name = file->name;

    if (!is_library_rule(file))
        return false;
    name = str_skip(name, sizeof "library/rules/" - 1);
    name = str_take(name, name.len - (sizeof ".lua" - 1));
    if (name.len != id.len)
        return false;
    for (size_t i = 0; i < id.len; i++) {
        char want = id.ptr[i];

        if (want == '.')
            want = '/';
        else if (want == '-')
            want = '_';
        if (name.ptr[i] != want)
            return false;
    }
    return true;
}

const struct snapshot_file *set_library_rule(const struct snapshot *snapshot, struct str id)
{
    for (size_t i = 0; i < snapshot->count; i++)
        if (holds(&snapshot->files[i], id))
            return &snapshot->files[i];
    return NULL;
}

/* The id that a library file must have, for a hint. */
static void offer(struct near *near, struct arena *arena, const struct snapshot_file *file)
{
    struct str path = str_skip(file->name, sizeof "library/rules/" - 1);
    struct str id = arena_str(arena, str_take(path, path.len - (sizeof ".lua" - 1)));
    char *at;

    if (!id.ptr)
        return;
    at = arena_alloc(arena, id.len);
    for (size_t i = 0; at && i < id.len; i++) {
        at[i] = id.ptr[i];
        if (at[i] == '/')
            at[i] = '.';
        else if (at[i] == '_')
            at[i] = '-';
    }
    if (at)
        near_offer(near, (struct str){at, id.len});
}

const char *set_library_hint(const struct snapshot *snapshot, struct policy_set *set, struct str id,
                             char text[static NEAR_HINT_BYTES])
{
    struct near near;

    near_init(&near, id);
    for (size_t i = 0; i < set->count; i++)
        near_offer(&near, set->rules[i].id);
    for (size_t i = 0; i < snapshot->count; i++)
        if (is_library_rule(&snapshot->files[i]))
            offer(&near, &set->arena, &snapshot->files[i]);
    return near_hint(&near, text);
}
