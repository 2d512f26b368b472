#include "policy/near.h"
#include "policy/set_parts.h"

int set_source(const struct snapshot_file *file, struct arena *arena, struct source *ret)
{
    struct str name = file->name;

    ret->is_library = str_starts(name, STR("library/"));
    if (str_starts(name, STR("policy/")))
        name = str_skip(name, sizeof "policy/" - 1);
    ret->name = arena_str(arena, name);
    ret->content = file->content;
    return ret->name.ptr ? 0 : -1;
}

static struct str profile_name(const struct snapshot_file *file)
{
    struct str name = str_skip(file->name, sizeof "library/profiles/" - 1);

    return str_take(name, name.len - (sizeof ".lua" - 1));
}

static bool is_profile(const struct snapshot_file *file)
{
    return str_starts(file->name, STR("library/profiles/")) && str_ends(file->name, STR(".lua"));
}

static const struct snapshot_file *find_profile(const struct snapshot *snapshot, struct str name)
{
    for (size_t i = 0; i < snapshot->count; i++)
        if (is_profile(&snapshot->files[i]) && str_eq(profile_name(&snapshot->files[i]), name))
            return &snapshot->files[i];
    return NULL;
}

static void unknown_profile(const struct snapshot *snapshot, struct loading *loading,
                            const struct profile *profile)
{
    char hint[NEAR_HINT_BYTES];
    struct near near;

    near_init(&near, profile->extends);
    for (size_t i = 0; i < snapshot->count; i++)
        if (is_profile(&snapshot->files[i]))
            near_offer(&near, profile_name(&snapshot->files[i]));
    loading_fault(loading, profile->source, profile->line,
                  "the library has no profile '%.*s' to extend%s", STR_FMT(profile->extends),
                  near_hint(&near, hint));
}

static int load_profile(const struct snapshot_file *file, struct loading *loading,
                        struct profile_chain *chain)
{
    struct source *source = arena_alloc(loading->arena, sizeof *source);

    if (!source || set_source(file, loading->arena, source) < 0)
        return -1;
    if (chain->count == PROFILE_CHAIN_MAX) {
        loading_fault(loading, source, 1, "more than %d profiles extend each other",
                      PROFILE_CHAIN_MAX);
        return -1;
    }
    loading->profile = &chain->profiles[chain->count];
    *loading->profile = (struct profile){0};
    if (loading_run(loading, source, "profile") < 0)
        return -1;
    loading->profile = NULL;
    chain->count++;
    return 0;
}

static bool is_in_chain(const struct profile_chain *chain, const struct snapshot_file *file)
{
    for (size_t i = 0; i < chain->count; i++)
        if (str_eq(chain->profiles[i].source->name, file->name))
            return true;
    return false;
}

int set_load_profiles(const struct snapshot *snapshot, struct loading *loading,
                      struct profile_chain *ret)
{
    const struct snapshot_file *file = snapshot_find(snapshot, STR("policy/policy.lua"));

    ret->count = 0;
    if (!file)
        file = snapshot_find(snapshot, STR("library/profiles/baseline.lua"));
    if (!file) {
        (void)buffer_str(loading->findings,
                         STR("library/profiles/baseline.lua:1: the library is incomplete: this "
                             "file is missing\n"));
        return -1;
    }
    while (file) {
        const struct profile *profile;

        if (load_profile(file, loading, ret) < 0)
            return -1;
        profile = &ret->profiles[ret->count - 1];
        if (profile->extends.len == 0)
            return 0;
        file = find_profile(snapshot, profile->extends);
        if (!file) {
            unknown_profile(snapshot, loading, profile);
            return -1;
        }
        if (is_in_chain(ret, file)) {
            loading_fault(loading, profile->source, profile->line,
                          "profile '%.*s' extends itself in the end", STR_FMT(profile->extends));
            return -1;
        }
    }
    return 0;
}
