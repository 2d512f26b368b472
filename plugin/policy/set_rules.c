#include <stdlib.h>

#include "policy/near.h"
#include "policy/set_parts.h"

enum { CODE_MAX_BYTES = 16 * 1024 * 1024 };

struct rules {
    const struct snapshot *snapshot;
    const struct profile_chain *chain;
    struct loading *loading;
    struct policy_set *set;
    struct buffer code; /* of the file that is run */
};

static bool is_rule_file(const struct snapshot_file *file, struct str directory)
{
    return str_starts(file->name, directory) && str_ends(file->name, STR(".lua"));
}

/* "library/rules/container/bind_mounts.lua" holds rule container.bind-mounts. */
static bool holds(const struct snapshot_file *file, struct str id)
{
    struct str name = file->name;

    if (!is_rule_file(file, STR("library/rules/")))
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

static const struct snapshot_file *find_library(const struct snapshot *snapshot, struct str id)
{
    for (size_t i = 0; i < snapshot->count; i++)
        if (holds(&snapshot->files[i], id))
            return &snapshot->files[i];
    return NULL;
}

static struct rule *find_rule(const struct rules *rules, struct str id)
{
    for (size_t i = 0; i < rules->set->count; i++)
        if (str_eq(rules->set->rules[i].id, id))
            return &rules->set->rules[i];
    return NULL;
}

/* Run one file; its rule is set->rules[count], which the caller counts or drops. Returns 1, 0 with
 * a finding, or -1: no memory. */
static int run_file(struct rules *rules, const struct snapshot_file *file)
{
    struct arena *arena = &rules->set->arena;
    struct rule *rule = &rules->set->rules[rules->set->count];
    struct source *source = arena_alloc(arena, sizeof *source);
    int status;

    *rule = (struct rule){0};
    if (!source || set_source(file, arena, source) < 0)
        return -1;
    buffer_reset(&rules->code, SIZE_MAX);
    rules->loading->rule = rule;
    rules->loading->code = &rules->code;
    status = loading_run(rules->loading, source, "rule");
    rules->loading->rule = NULL;
    rules->loading->code = NULL;
    if (status < 0)
        return 0;
    rule->code = arena_str(arena, buffer_view(&rules->code));
    return rule->code.ptr ? 1 : -1;
}

/* Every rule file of the site, whatever the profile says: a file that does not load is told of. */
static int load_site(struct rules *rules)
{
    for (size_t i = 0; i < rules->snapshot->count; i++) {
        const struct snapshot_file *file = &rules->snapshot->files[i];
        const struct rule *rule = &rules->set->rules[rules->set->count];
        const struct rule *other;
        int status;

        if (!is_rule_file(file, STR("policy/rules/")))
            continue;
        status = run_file(rules, file);
        if (status < 0)
            return -1;
        if (status == 0)
            continue;
        other = find_rule(rules, rule->id);
        if (find_library(rules->snapshot, rule->id))
            loading_fault(rules->loading, rule->source, rule->line,
                          "rule id '%.*s' is taken by the library; choose another, such as "
                          "site.%.*s",
                          STR_FMT(rule->id),
                          STR_FMT(str_skip(rule->id, str_find(rule->id, '.') + 1)));
        else if (other)
            loading_fault(rules->loading, rule->source, rule->line,
                          "rule id '%.*s' is taken by %.*s", STR_FMT(rule->id),
                          STR_FMT(other->source->name));
        else
            rules->set->count++;
    }
    return 0;
}

/* The id that a library file must have, for a hint. */
static void offer_library(struct near *near, struct arena *arena, const struct snapshot_file *file)
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

static void unknown_rule(const struct rules *rules, const struct profile *profile,
                         const struct profile_entry *entry)
{
    char hint[NEAR_HINT_BYTES];
    struct near near;

    near_init(&near, entry->id);
    for (size_t i = 0; i < rules->set->count; i++)
        near_offer(&near, rules->set->rules[i].id);
    for (size_t i = 0; i < rules->snapshot->count; i++)
        if (is_rule_file(&rules->snapshot->files[i], STR("library/rules/")))
            offer_library(&near, &rules->set->arena, &rules->snapshot->files[i]);
    loading_fault(rules->loading, profile->source, entry->line, "there is no rule '%.*s'%s",
                  STR_FMT(entry->id), near_hint(&near, hint));
}

/* The rule of one entry, if it is not there yet. Returns -1 when memory ran out. */
static int load_named(struct rules *rules, const struct profile *profile,
                      const struct profile_entry *entry)
{
    const struct rule *rule = &rules->set->rules[rules->set->count];
    const struct snapshot_file *file;
    int status;

    if (find_rule(rules, entry->id))
        return 0;
    file = find_library(rules->snapshot, entry->id);
    if (!file) {
        unknown_rule(rules, profile, entry);
        return 0;
    }
    if (profile_chain_mode(rules->chain, entry->id) == MODE_OFF)
        return 0;
    status = run_file(rules, file);
    if (status <= 0)
        return status;
    if (str_eq(rule->id, entry->id))
        rules->set->count++;
    else
        loading_fault(rules->loading, rule->source, rule->line,
                      "the rule in this file must have the id '%.*s'", STR_FMT(entry->id));
    return 0;
}

static int load_library(struct rules *rules)
{
    for (size_t i = 0; i < rules->chain->count; i++) {
        const struct profile *profile = &rules->chain->profiles[i];

        for (size_t j = 0; j < profile->count; j++)
            if (load_named(rules, profile, &profile->entries[j]) < 0)
                return -1;
    }
    return 0;
}

static void parametrize(struct rules *rules, struct rule *rule)
{
    struct param_said said[PARAM_SAID_MAX];
    struct param_fault fault;
    size_t count = 0;

    for (size_t i = 0; i < rules->chain->count; i++) {
        const struct profile *profile = &rules->chain->profiles[i];
        const struct profile_entry *entry = profile_entry(profile, rule->id);

        if (entry && entry->params.type != NODE_NULL)
            said[count++] = (struct param_said){&entry->params, profile->source, entry->line};
    }
    if (param_resolve(&rule->params, said, count, &rules->set->arena, &rule->parameters, &fault) <
        0)
        loading_fault(rules->loading, fault.source ? fault.source : rule->source,
                      fault.source ? fault.line : rule->line, "rule %.*s: %s", STR_FMT(rule->id),
                      fault.text);
}

static int by_id(const void *left, const void *right)
{
    const struct rule *a = left;
    const struct rule *b = right;

    return str_cmp(a->id, b->id);
}

/* Modes and parameters; what is off goes. */
static void settle(struct rules *rules)
{
    struct policy_set *set = rules->set;
    size_t kept = 0;

    for (size_t i = 0; i < set->count; i++) {
        struct rule *rule = &set->rules[i];

        rule->mode = profile_chain_mode(rules->chain, rule->id);
        parametrize(rules, rule);
        if (rule->mode != MODE_OFF)
            set->rules[kept++] = *rule;
    }
    set->count = kept;
    if (kept > 0)
        qsort(set->rules, kept, sizeof *set->rules, by_id);
}

int set_load_rules(const struct snapshot *snapshot, const struct profile_chain *chain,
                   struct loading *loading, struct policy_set *set)
{
    struct rules rules = {snapshot, chain, loading, set, {0}};
    int status = -1;

    buffer_init(&rules.code, CODE_MAX_BYTES);
    /* One more: the rule that is being read stands behind those that count. */
    set->rules = arena_array(&set->arena, snapshot->count + 1, sizeof *set->rules);
    if (set->rules && load_site(&rules) == 0 && load_library(&rules) == 0) {
        settle(&rules);
        status = 0;
    }
    buffer_done(&rules.code);
    return status;
}
