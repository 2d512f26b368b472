#include "policy/lint_names.h"

#include <lauxlib.h>

#include "policy/faults.h"
#include "policy/lua_scan.h"
#include "policy/missing.h"
#include "policy/stdlib.h"

enum { NAMES_MAX = 512, LINE_BYTES = 1024 };

struct names {
    const struct source *source;
    struct buffer *findings;
    struct str made[NAMES_MAX]; /* by local statements, parameters and loops */
    size_t count;
};

static bool is_made(const struct names *names, struct str name)
{
    for (size_t i = 0; i < names->count; i++)
        if (str_eq(names->made[i], name))
            return true;
    return false;
}

static void make(struct names *names, struct str name)
{
    if (!is_made(names, name) && names->count < NAMES_MAX)
        names->made[names->count++] = name;
}

/* a, b <const>, ...: what stands behind `local` or `for`, or in the parentheses of a function. */
static void make_list(struct names *names, struct lua_scan scan)
{
    struct lua_token token = lua_scan_next(&scan);

    while (token.kind == LUA_TOKEN_NAME || lua_token_is(&token, ",") || lua_token_is(&token, "<") ||
           lua_token_is(&token, ">")) {
        struct lua_token before = token;

        if (token.kind == LUA_TOKEN_NAME)
            make(names, token.text);
        token = lua_scan_next(&scan);
        if (before.kind == LUA_TOKEN_NAME && token.kind == LUA_TOKEN_NAME)
            return; /* the next statement */
    }
}

static void make_function(struct names *names, struct lua_scan scan, bool is_local)
{
    struct lua_token token = lua_scan_next(&scan);

    if (is_local && token.kind == LUA_TOKEN_NAME)
        make(names, token.text);
    while (token.kind == LUA_TOKEN_NAME || lua_token_is(&token, ".") || lua_token_is(&token, ":"))
        token = lua_scan_next(&scan);
    if (lua_token_is(&token, "("))
        make_list(names, scan);
}

static void find_made(struct names *names)
{
    struct lua_token before = {.kind = LUA_TOKEN_END};
    struct lua_token token;
    struct lua_scan scan;

    make(names, STR("_ENV"));
    make(names, STR("self"));
    lua_scan_init(&scan, names->source->content);
    while ((token = lua_scan_next(&scan)).kind != LUA_TOKEN_END) {
        if (lua_token_is(&token, "local") || lua_token_is(&token, "for"))
            make_list(names, scan);
        else if (lua_token_is(&token, "function"))
            make_function(names, scan, lua_token_is(&before, "local"));
        before = token;
    }
}

/* [-1, +0] */
static void tell(lua_State *L, struct names *names, int line)
{
    char text[LINE_BYTES];

    (void)snprintf(text, sizeof text, "%.*s:%d: %s", STR_FMT(names->source->name), line,
                   lua_tostring(L, -1));
    faults_add(names->findings, str_from(text));
    lua_pop(L, 1);
}

/* text.startswith: whether the library whose table is on top has it. [-1, +0] */
static void look_at_field(lua_State *L, struct names *names, const char *library,
                          struct lua_scan scan)
{
    struct lua_token point = lua_scan_next(&scan);
    struct lua_token name = lua_scan_next(&scan);

    if (lua_token_is(&point, ".") && name.kind == LUA_TOKEN_NAME && stdlib_push_contents(L, -1)) {
        lua_pushlstring(L, name.text.ptr, name.text.len);
        lua_pushvalue(L, -1);
        if (lua_rawget(L, -3) == LUA_TNIL) {
            missing_push(L, lua_gettop(L) - 2, library, lua_tostring(L, -2));
            tell(L, names, name.line);
        }
        lua_pop(L, 3);
    }
    lua_pop(L, 1);
}

/* A name that is no field, key or label. Globals are at index 2. */
static void look_at_name(lua_State *L, struct names *names, const struct lua_token *name,
                         struct lua_scan scan, bool may_be_key)
{
    struct lua_scan behind = scan;
    struct lua_token next = lua_scan_next(&behind);
    bool is_assigned = lua_token_is(&next, "=");

    if (is_made(names, name->text) || (is_assigned && may_be_key))
        return;
    luaL_checkstack(L, 8, NULL);
    lua_pushlstring(L, name->text.ptr, name->text.len);
    lua_pushvalue(L, -1);
    if (is_assigned) {
        lua_pushfstring(L,
                        "%s is a global here, and forgotten after each call; write: local %s = "
                        "...",
                        lua_tostring(L, -1), lua_tostring(L, -1));
        tell(L, names, name->line);
        make(names, name->text);
        lua_pop(L, 1);
    } else if (lua_rawget(L, 2) == LUA_TNIL) {
        lua_pop(L, 1);
        missing_push(L, 2, NULL, lua_tostring(L, -1));
        tell(L, names, name->line);
    } else {
        look_at_field(L, names, lua_tostring(L, -2), scan);
    }
    lua_pop(L, 1);
}

static bool is_sign_of_field(const struct lua_token *before)
{
    return lua_token_is(before, ".") || lua_token_is(before, ":") || lua_token_is(before, "::") ||
           lua_token_is(before, "goto");
}

static int look_body(lua_State *L)
{
    struct names *names = lua_touserdata(L, 1);
    struct lua_token before = {.kind = LUA_TOKEN_END};
    struct lua_token token;
    struct lua_scan scan;

    stdlib_push_globals(L);
    lua_scan_init(&scan, names->source->content);
    while ((token = lua_scan_next(&scan)).kind != LUA_TOKEN_END) {
        if (token.kind == LUA_TOKEN_NAME && !is_sign_of_field(&before))
            look_at_name(L, names, &token, scan,
                         lua_token_is(&before, "{") || lua_token_is(&before, ",") ||
                             lua_token_is(&before, ";"));
        before = token;
    }
    return 0;
}

void lint_names(struct sandbox *sandbox, const struct sandbox_image *base,
                const struct source *source, struct buffer *findings)
{
    struct names names = {.source = source, .findings = findings};
    struct err err;

    find_made(&names);
    if (names.count == NAMES_MAX)
        return;
    sandbox_restore(sandbox, base);
    if (sandbox_call(sandbox, look_body, &names, &err) < 0)
        faults_add(findings, str_from(err.msg));
}
