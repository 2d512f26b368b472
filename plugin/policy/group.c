#include "policy/group.h"

#include <lauxlib.h>

#include "policy/context.h"
#include "policy/lua_view.h"
#include "policy/stdlib.h"

static const char checks_key; /* its address */

static bool is_same(const struct group *group, const struct rule *const *rules, size_t count)
{
    return group->count == count &&
           (count == 0 || memcmp(group->rules, rules, count * sizeof *rules) == 0);
}

static struct group *find_group(struct policy_set *set, const struct rule **rules, size_t count)
{
    for (size_t i = 0; i < set->group_count; i++)
        if (is_same(&set->groups[i], rules, count))
            return &set->groups[i];
    return NULL;
}

/* The rules of one action into rules, which has room for all of them. */
static size_t pick(const struct policy_set *set, int action, const struct rule **rules)
{
    size_t count = 0;

    for (size_t i = 0; i < set->count; i++)
        if (set->rules[i].actions[action])
            rules[count++] = &set->rules[i];
    return count;
}

int group_rules(struct policy_set *set)
{
    const struct rule **rules;

    set->groups = arena_array(&set->arena, ACTION_COUNT, sizeof *set->groups);
    if (!set->groups)
        return -1;
    for (int action = 0; action < ACTION_COUNT; action++) {
        struct group *group;
        size_t count;

        rules = arena_array(&set->arena, set->count + 1, sizeof *rules);
        if (!rules)
            return -1;
        count = pick(set, action, rules);
        if (count == 0)
            continue;
        group = find_group(set, rules, count);
        if (!group) {
            group = &set->groups[set->group_count++];
            *group = (struct group){.rules = rules, .count = count};
        }
        set->of_action[action] = group;
    }
    return 0;
}

/* [-0, +1] the check function of a rule, out of its file's own run. */
static void push_check(lua_State *L, const struct rule *rule)
{
    if (luaL_loadbufferx(L, rule->code.ptr, rule->code.len, rule->source->name.ptr, "b") != LUA_OK)
        (void)lua_error(L);
    stdlib_push_env(L);
    (void)lua_setupvalue(L, -2, 1);
    lua_call(L, 0, 1);
    if (lua_type(L, -1) != LUA_TTABLE || lua_getfield(L, -1, "check") != LUA_TFUNCTION)
        (void)luaL_error(L, "%s:%d: this file does not return the same rule each time it is run",
                         rule->source->name.ptr, rule->line);
    lua_remove(L, -2);
}

struct build {
    const struct policy_set *set;
    const struct group *group;
};

static int build_body(lua_State *L)
{
    const struct build *build = lua_touserdata(L, 1);
    int checks;

    lua_createtable(L, (int)(2 * build->group->count), 1);
    checks = lua_gettop(L);
    lua_view_push(L, &build->set->ctx.node);
    lua_rawseti(L, checks, 0);
    for (size_t i = 0; i < build->group->count; i++) {
        const struct rule *rule = build->group->rules[i];

        push_check(L, rule);
        lua_rawseti(L, checks, 2 * (lua_Integer)i + 1);
        lua_view_push(L, &rule->parameters);
        lua_rawseti(L, checks, 2 * (lua_Integer)i + 2);
    }
    lua_rawsetp(L, LUA_REGISTRYINDEX, &checks_key);
    return 0;
}

int group_enter(struct policy_set *set, struct group *group, struct err *err)
{
    struct build build = {set, group};
    struct context context = {.modules = &set->modules};
    int status;

    if (group->is_built) {
        sandbox_restore(set->sandbox, &group->image);
        return 0;
    }
    sandbox_restore(set->sandbox, &set->base);
    sandbox_set_context(set->sandbox, &context);
    status = sandbox_call(set->sandbox, build_body, &build, err);
    sandbox_set_context(set->sandbox, NULL);
    if (status < 0 || sandbox_save(set->sandbox, &group->image, err) < 0)
        return -1;
    group->is_built = true;
    sandbox_restore(set->sandbox, &group->image);
    return 0;
}

void group_push_checks(lua_State *L)
{
    (void)lua_rawgetp(L, LUA_REGISTRYINDEX, &checks_key);
}
