#include "policy/decision.h"

#include "policy/context.h"
#include "policy/fields.h"
#include "policy/sandbox.h"

static const char *const option_names[] = {"field", "fix", "retry", NULL};

static int current_line(lua_State *L)
{
    lua_Debug ar;

    if (!lua_getstack(L, 1, &ar) || !lua_getinfo(L, "l", &ar) || ar.currentline < 0)
        return 0;
    return ar.currentline;
}

static void read_options(lua_State *L, struct decision *decision, const char *name)
{
    if (lua_isnoneornil(L, 2))
        return;
    if (lua_type(L, 2) != LUA_TTABLE)
        luaL_error(L, "%s takes a table second, such as { field = \"...\", fix = \"...\" }", name);
    /* What a grant says beside its words is for the record only. */
    if (decision->effect != DECISION_ALLOW)
        fields_check_names(L, 2, name, option_names);
    decision->field = fields_text(L, 2, name, "field", FIELDS_OPTIONAL);
    decision->fix = fields_text(L, 2, name, "fix", FIELDS_OPTIONAL);
}

static int decide(lua_State *L, enum decision_effect effect, const char *name)
{
    struct context *context = sandbox_context(L);
    struct decision *decision = sandbox_alloc(L, sizeof *decision);

    if (!context || context->loading)
        return luaL_error(L, "%s is for check functions only", name);
    if (lua_type(L, 1) != LUA_TSTRING)
        return luaL_error(L, "%s needs a text that says what is wrong, got %s", name,
                          lua_isnoneornil(L, 1) ? "nothing" : luaL_typename(L, 1));
    *decision = (struct decision){.effect = effect, .line = current_line(L)};
    decision->msg.ptr = lua_tolstring(L, 1, &decision->msg.len);
    read_options(L, decision, name);
    decision->next = context->decisions;
    context->decisions = decision;
    lua_pushlightuserdata(L, decision);
    return 1;
}

static int decision_deny(lua_State *L)
{
    return decide(L, DECISION_DENY, "deny");
}

static int decision_audit(lua_State *L)
{
    return decide(L, DECISION_AUDIT, "audit");
}

static int decision_allow(lua_State *L)
{
    return decide(L, DECISION_ALLOW, "allow");
}

const luaL_Reg decision_functions[] = {
    {"allow", decision_allow},
    {"audit", decision_audit},
    {"deny", decision_deny},
    {NULL, NULL},
};

bool decision_is_made_in(const struct context *context, const void *pointer)
{
    const struct decision *made = context->decisions;

    while (made && made != pointer)
        made = made->next;
    return made != NULL;
}

struct str decision_effect_name(enum decision_effect effect)
{
    switch (effect) {
    case DECISION_AUDIT:
        return STR("audit");
    case DECISION_ALLOW:
        return STR("allow");
    case DECISION_DENY:
        break;
    }
    return STR("deny");
}
