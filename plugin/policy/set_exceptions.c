#include "base/utc.h"
#include "policy/exception.h"
#include "policy/set_parts.h"

struct exceptions {
    const struct snapshot *snapshot;
    struct loading *loading;
    struct policy_set *set;
    struct exception *all;
    size_t count;
    int64_t now_s;
};

static struct rule *find_rule(const struct policy_set *set, struct str id)
{
    for (size_t i = 0; i < set->count; i++)
        if (str_eq(set->rules[i].id, id))
            return &set->rules[i];
    return NULL;
}

static const struct exception *find_id(const struct exceptions *now, struct str id)
{
    for (size_t i = 0; i < now->count; i++)
        if (str_eq(now->all[i].id, id))
            return &now->all[i];
    return NULL;
}

/* What the plugin itself refuses has ids that look like those of rules. */
static void unknown_rule(const struct exceptions *now, const struct exception *exception)
{
    bool is_core = str_starts(exception->rule, STR("request.")) ||
                   str_find(exception->rule, '.') == exception->rule.len;
    char hint[NEAR_HINT_BYTES];

    loading_fault(now->loading, exception->source, exception->line,
                  "exceptions: %.*s.rule: %sthere is no rule '%.*s'%s", STR_FMT(exception->id),
                  is_core ? "what the plugin itself refuses cannot be excused, and " : "",
                  STR_FMT(exception->rule),
                  set_library_hint(now->snapshot, now->set, exception->rule, hint));
}

/* Hang it onto its rule. One whose rule is off, or in no profile, has nothing to excuse. */
static void hang(const struct exceptions *now, struct exception *exception)
{
    struct rule *rule = find_rule(now->set, exception->rule);

    if (rule) {
        exception->next = rule->exceptions;
        rule->exceptions = exception;
    } else if (!set_library_rule(now->snapshot, exception->rule)) {
        unknown_rule(now, exception);
    }
}

static void add(struct exceptions *now, const struct source *source, int line,
                const struct node *entry)
{
    struct exception *exception = &now->all[now->count];
    const struct exception *other;

    if (exception_read(now->loading, source, line, entry, exception) < 0)
        return;
    other = find_id(now, exception->id);
    if (other) {
        loading_fault(now->loading, source, exception->line,
                      "exceptions: the id '%.*s' is taken, by %.*s:%d", STR_FMT(exception->id),
                      STR_FMT(other->source->name), other->line);
        return;
    }
    now->count++;
    if (exception->end_s <= now->now_s)
        loading_note(now->loading, source, exception->line,
                     "exceptions: %.*s ended with %.*s and excuses nothing any more: take it out, "
                     "or give it a new date",
                     STR_FMT(exception->id), STR_FMT(exception->expires));
    hang(now, exception);
}

int set_load_exceptions(const struct snapshot *snapshot, const struct profile_chain *chain,
                        struct loading *loading, struct policy_set *set)
{
    struct exceptions now = {snapshot, loading, set, NULL, 0, utc_now()};
    size_t count = 0;

    for (size_t i = 0; i < chain->count; i++)
        count += node_count(&chain->profiles[i].exceptions);
    now.all = arena_array(&set->arena, count ? count : 1, sizeof *now.all);
    if (!now.all)
        return -1;
    for (size_t i = 0; i < chain->count; i++) {
        const struct profile *profile = &chain->profiles[i];

        for (size_t j = 0; j < node_count(&profile->exceptions); j++)
            add(&now, profile->exceptions_source, profile->exceptions_line,
                node_item(&profile->exceptions, j));
    }
    return 0;
}
