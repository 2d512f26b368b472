#include "policy/set.h"

#include <stdlib.h>

#include "docker/view_builder.h"
#include "policy/group.h"
#include "policy/set_parts.h"
#include "policy/stdlib.h"

enum {
    ARENA_BYTES = 128 * 1024 * 1024, /* addresses, not memory */
    TEXTS_BYTES = 1024 * 1024,
};

static int open_body(lua_State *L)
{
    stdlib_open(L);
    return 0;
}

static int prepare(struct policy_set *set, struct worker_page *page, struct err *err)
{
    if (arena_init(&set->arena, ARENA_BYTES, err) < 0 ||
        arena_init(&set->texts, TEXTS_BYTES, err) < 0 || sandbox_new(page, &set->sandbox, err) < 0)
        return -1;
    sandbox_clear(set->sandbox);
    if (sandbox_call(set->sandbox, open_body, NULL, err) < 0)
        return -1;
    return sandbox_save(set->sandbox, &set->base, err);
}

static void set_ctx(struct set_ctx *ctx, const struct data *data)
{
    static const struct member shape[] = {
        [SET_CTX_DATA] = VIEW_FIELD("data", NODE_STRUCT),
        [SET_CTX_NOW] = VIEW_FIELD("now", NODE_INT),
    };

    memcpy(ctx->fields, shape, sizeof shape);
    ctx->fields[SET_CTX_DATA].value = data->node;
    ctx->node = (struct node){.type = NODE_STRUCT, .fields = {ctx->fields, SET_CTX_FIELDS, NULL}};
}

static int load(struct policy_set *set, const struct snapshot *snapshot, struct buffer *findings,
                struct err *err)
{
    struct profile_chain *chain = arena_alloc(&set->arena, sizeof *chain);
    struct loading loading = {
        .arena = &set->arena,
        .sandbox = set->sandbox,
        .base = &set->base,
        .modules = &set->modules,
        .data = &set->data,
        .findings = findings,
    };

    if (!chain || modules_find(snapshot, &set->arena, &set->modules) < 0)
        return err_set(err, ERR_NOMEM, "this set of policies is too large");
    if (data_load(snapshot, &loading, &set->data) < 0)
        return err_set(err, ERR_NOMEM, "this set of policies is too large");
    if (loading.faults > 0 || set_load_profiles(snapshot, &loading, chain) < 0)
        return -1;
    if (set_load_rules(snapshot, chain, &loading, set) < 0 || group_rules(set) < 0)
        return err_set(err, ERR_NOMEM, "this set of policies is too large");
    set->fallback = profile_chain_default(chain);
    set->fallback_mode = profile_chain_default_mode(chain);
    set->chain = chain;
    set_ctx(&set->ctx, &set->data);
    return loading.faults > 0 ? -1 : 0;
}

int policy_set_load(const struct snapshot *snapshot, struct worker_page *page,
                    struct policy_set **ret, struct buffer *findings)
{
    struct policy_set *set = calloc(1, sizeof *set);
    struct err err = {.msg = ""};

    if (!set) {
        (void)buffer_str(findings, STR("policy.lua:1: out of memory\n"));
        return -1;
    }
    set->page = page;
    if (prepare(set, page, &err) < 0 || load(set, snapshot, findings, &err) < 0) {
        if (err.msg[0])
            (void)buffer_printf(findings, "policy.lua:1: %s\n", err.msg);
        policy_set_free(set);
        return -1;
    }
    *ret = set;
    return 0;
}

void policy_set_free(struct policy_set *set)
{
    if (!set)
        return;
    for (size_t i = 0; i < set->group_count; i++)
        sandbox_image_done(&set->groups[i].image);
    sandbox_image_done(&set->base);
    sandbox_free(set->sandbox);
    arena_done(&set->texts);
    arena_done(&set->arena);
    free(set);
}

void policy_set_warm_up(struct policy_set *set, enum action action)
{
    struct err ignored; /* the decision will meet it again, and deny */
    struct group *group = set->of_action[action];

    if (group && group_enter(set, group, &ignored) < 0)
        return;
}

int64_t policy_set_now(const struct policy_set *set)
{
    return set->ctx.fields[SET_CTX_NOW].value.integer;
}
