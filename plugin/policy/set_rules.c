#include <stdlib.h>

#include "policy/set_parts.h"

enum { CODE_MAX_BYTES = 16 * 1024 * 1024 };

struct rules {
    const struct snapshot *snapshot;
    const struct profile_chain *chain;
    struct loading *loading;
    struct policy_set *set;
    struct buffer code; /* of the file that is run */
};

static bool is_site_rule(const struct snapshot_file *file)
{
    return str_starts(file->name, STR("policy/rules/")) && str_ends(file->name, STR(".lua"));
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

        if (!is_site_rule(file))
            continue;
        status = run_file(rules, file);
        if (status < 0)
            return -1;
        if (status == 0)
            continue;
        other = find_rule(rules, rule->id);
        if (set_library_rule(rules->snapshot, rule->id))
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

/* The rule of one entry, if it is not there yet. Returns -1 when memory ran out. */
static int load_named(struct rules *rules, const struct profile *profile,
                      const struct profile_entry *entry)
{
    const struct rule *rule = &rules->set->rules[rules->set->count];
    const struct snapshot_file *file;
    char hint[NEAR_HINT_BYTES];
    int status;

    if (find_rule(rules, entry->id))
        return 0;
    file = set_library_rule(rules->snapshot, entry->id);
    if (!file) {
        loading_fault(rules->loading, profile->source, entry->line, "there is no rule '%.*s'%s",
                      STR_FMT(entry->id),
                      set_library_hint(rules->snapshot, rules->set, entry->id, hint));
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
    if (set->rules && load_site(&rules) == 0 && load_library(&rules) == 0 &&
        set_load_exceptions(snapshot, chain, loading, set) == 0) {
        settle(&rules);
        status = 0;
    }
    buffer_done(&rules.code);
    return status;
}
