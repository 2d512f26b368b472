#include "policy/lint.h"

#include <stdarg.h>
#include <stdio.h>

#include "docker/schema.h"
#include "policy/faults.h"
#include "policy/lint_names.h"
#include "policy/lua_scan.h"
#include "policy/lua_view.h"
#include "policy/miscompiled.h"
#include "policy/near.h"
#include "policy/sample.h"
#include "policy/set_parts.h"

enum { STEPS_MAX = 16, PATH_BYTES = 256 };

struct lint {
    struct policy_set *set;
    struct request *samples;
    struct buffer *findings;
    const struct rule *rule; /* being looked at */
    int line;
};

__attribute__((format(printf, 2, 3))) static void tell(struct lint *lint, const char *fmt, ...)
{
    char text[1024];
    int used =
        snprintf(text, sizeof text, "%.*s:%d: ", STR_FMT(lint->rule->source->name), lint->line);
    va_list args;

    va_start(args, fmt);
    if (used >= 0 && (size_t)used < sizeof text)
        (void)vsnprintf(text + used, sizeof text - (size_t)used, fmt, args);
    va_end(args);
    faults_add(lint->findings, str_from(text));
}

/* req.a.b as it is written out. */
struct chain {
    struct str steps[STEPS_MAX];
    size_t count;
};

/* What the first steps of a chain lead to in one sample; NULL: nothing is known of it. */
static const struct node *follow(const struct node *node, const struct chain *chain, size_t count)
{
    for (size_t i = 0; i < count && node; i++)
        node = node_get(node, chain->steps[i]);
    return node;
}

static bool has_field(const struct node *node, struct str key)
{
    return node_get(node, key) || (node->fields.of && schema_field(node->fields.of, key));
}

/* "req.container" for no step behind it. */
static void write_path(const struct chain *chain, size_t count, char text[PATH_BYTES])
{
    size_t used = (size_t)snprintf(text, PATH_BYTES, "req");

    for (size_t i = 0; i < count && used < PATH_BYTES; i++)
        used += (size_t)snprintf(text + used, PATH_BYTES - used, ".%.*s",
                                 STR_FMT(str_take(chain->steps[i], 64)));
}

/* Tell when the last step of the chain is an error wherever a sample gets so far. Where samples
 * differ the rule may well know which call it has before it. */
static bool check_step(struct lint *lint, const struct chain *chain)
{
    const struct node *lacking = NULL;
    struct str key = chain->steps[chain->count - 1];
    char path[PATH_BYTES];
    char text[LUA_VIEW_FAULT_BYTES];

    for (size_t i = 0; i < sample_count; i++) {
        const struct node *node;

        if (!lint->rule->actions[lint->samples[i].route->action])
            continue;
        node = follow(&lint->samples[i].view, chain, chain->count - 1);
        if (!node || node->type == NODE_NULL)
            continue;
        if (node->type != NODE_LIST && (node->type != NODE_STRUCT || has_field(node, key)))
            return true;
        lacking = node;
    }
    if (!lacking)
        return true;
    write_path(chain, chain->count - 1, path);
    lua_view_fault(lacking, path, key, text);
    tell(lint, "%s", text);
    return false;
}

/* req.action == "container.craete" is never true. */
static void check_action(struct lint *lint, struct lua_scan scan)
{
    struct lua_token sign = lua_scan_next(&scan);
    struct lua_token word = lua_scan_next(&scan);
    char hint[NEAR_HINT_BYTES];
    enum action action;
    struct near near;

    if ((!lua_token_is(&sign, "==") && !lua_token_is(&sign, "~=")) || word.kind != LUA_TOKEN_STRING)
        return;
    if (action_find(word.text, &action)) {
        if (!lint->rule->actions[action])
            tell(lint, "req.action is never '%.*s' here: 'on' does not name it",
                 STR_FMT(word.text));
        return;
    }
    near_init(&near, word.text);
    for (int i = 0; i < ACTION_COUNT; i++)
        near_offer(&near, action_name((enum action)i));
    tell(lint, "there is no action '%.*s'%s", STR_FMT(str_take(word.text, 64)),
         near_hint(&near, hint));
}

static void check_chain(struct lint *lint, struct lua_scan scan)
{
    struct chain chain = {.count = 0};

    for (;;) {
        struct lua_scan behind = scan;
        struct lua_token point = lua_scan_next(&behind);
        struct lua_token name = lua_scan_next(&behind);

        if (!lua_token_is(&point, ".") || name.kind != LUA_TOKEN_NAME || chain.count == STEPS_MAX)
            break;
        chain.steps[chain.count++] = name.text;
        lint->line = name.line;
        if (!check_step(lint, &chain))
            return;
        scan = behind;
    }
    if (chain.count == 1 && str_eq(chain.steps[0], STR("action")))
        check_action(lint, scan);
}

/* The library must mean the same on every Lua; what is the site's was refused at load if need be.
 */
static void check_library(struct lint *lint)
{
    struct miscompiled_place place;

    if (!lint->rule->source->is_library ||
        !miscompiled_find(lint->rule->source->content, MISCOMPILED_ALL, &place))
        return;
    lint->line = place.line;
    tell(lint, "%s", place.what);
}

/* `req` is what a rule calls its request, in its helpers too. */
static void look_at_rule(struct lint *lint)
{
    struct lua_token before = {.kind = LUA_TOKEN_END};
    struct lua_token token;
    struct lua_scan scan;

    lua_scan_init(&scan, lint->rule->source->content);
    while ((token = lua_scan_next(&scan)).kind != LUA_TOKEN_END) {
        if (token.kind == LUA_TOKEN_NAME && str_eq(token.text, STR("req")) &&
            !lua_token_is(&before, ".") && !lua_token_is(&before, ":"))
            check_chain(lint, scan);
        before = token;
    }
}

static int read_samples(struct lint *lint, struct arena *arena)
{
    lint->samples = arena_array(arena, sample_count, sizeof *lint->samples);
    if (!lint->samples)
        return -1;
    for (size_t i = 0; i < sample_count; i++)
        if (sample_read(i, arena, &lint->samples[i]) < 0)
            return -1;
    return 0;
}

int lint_set(struct policy_set *set, struct arena *arena, struct buffer *findings)
{
    struct lint lint = {.set = set, .findings = findings};

    if (read_samples(&lint, arena) < 0)
        return -1;
    for (size_t i = 0; i < set->count; i++) {
        lint.rule = &set->rules[i];
        check_library(&lint);
        look_at_rule(&lint);
        lint_names(set->sandbox, &set->base, lint.rule->source, findings);
    }
    for (size_t i = 0; i < sample_count; i++)
        set_try(set, &lint.samples[i], findings);
    return 0;
}
