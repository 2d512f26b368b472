#include "policy/stdlib.h"

#include <lauxlib.h>
#include <lualib.h>

#include "policy/data.h"
#include "policy/decision.h"
#include "policy/lua_string.h"
#include "policy/lua_text.h"
#include "policy/lua_time.h"
#include "policy/lua_view.h"
#include "policy/modules.h"
#include "policy/param.h"
#include "policy/profile.h"
#include "policy/rule.h"
#include "policy/safe.h"

/* Registry keys, by address. */
static const char env_key;
static const char contents_key;

struct library {
    const char *name;
    lua_CFunction open;
    const char *const *names;
};

static const char *const base_names[] = {
    "assert", "error", "pcall", "select", "tonumber", "_VERSION", NULL,
};
static const char *const table_names[] = {
    "concat", "insert", "pack", "remove", "sort", "unpack", NULL,
};
static const char *const math_names[] = {
    "abs", "ceil",       "floor", "fmod",      "huge", "max", "maxinteger",
    "min", "mininteger", "modf",  "tointeger", "type", "ult", NULL,
};
static const char *const utf8_names[] = {
    "char", "charpattern", "codepoint", "codes", "len", "offset", NULL,
};

static const struct library libraries[] = {
    {"table", luaopen_table, table_names},
    {"math", luaopen_math, math_names},
    {"utf8", luaopen_utf8, utf8_names},
};

static int read_only(lua_State *L)
{
    return luaL_error(L, "a library cannot be changed");
}

/* [-1, +1] an empty table that reads from the one on top and refuses to be written. */
static void protect(lua_State *L)
{
    lua_createtable(L, 0, 0);
    lua_createtable(L, 0, 2);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, read_only);
    lua_setfield(L, -2, "__newindex");
    lua_setmetatable(L, -2);
    /* contents[protected] = the table itself */
    (void)lua_rawgetp(L, LUA_REGISTRYINDEX, &contents_key);
    lua_pushvalue(L, -2);
    lua_pushvalue(L, -4);
    lua_rawset(L, -3);
    lua_pop(L, 1);
    lua_remove(L, -2);
}

/* [-0, +0] copies from the table at index from into the one at index to. */
static void copy_names(lua_State *L, int from, int to, const char *const *names)
{
    for (; *names; names++) {
        (void)lua_getfield(L, from, *names);
        lua_setfield(L, to, *names);
    }
}

static int name_count(const char *const *names)
{
    int count = 0;

    while (names[count])
        count++;
    return count;
}

/* [-0, +1] the library as policies see it, unprotected. */
static void push_library(lua_State *L, const struct library *library)
{
    lua_pushcfunction(L, library->open);
    lua_call(L, 0, 1);
    lua_createtable(L, 0, name_count(library->names));
    copy_names(L, -2, lua_gettop(L), library->names);
    lua_remove(L, -2);
}

/* [-0, +1] s:upper() reads what `string` reads; arithmetic on numerals stays as Lua has it. */
static void push_string_library(lua_State *L)
{
    lua_pushcfunction(L, luaopen_string); /* for the metatable that it makes */
    lua_call(L, 0, 0);
    lua_string_open(L);
    lua_pushliteral(L, "");
    (void)lua_getmetatable(L, -1);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 2);
}

/* A library of ours; construct, if any, is what calling it does: path("/srv") is a parameter. */
static void set_ours(lua_State *L, int globals, const char *name, void (*open)(lua_State *),
                     lua_CFunction construct)
{
    open(L);
    protect(L);
    if (construct) {
        (void)lua_getmetatable(L, -1);
        lua_pushcfunction(L, construct);
        lua_setfield(L, -2, "__call");
        lua_pop(L, 1);
    }
    lua_setfield(L, globals, name);
}

static void set_libraries(lua_State *L, int globals)
{
    set_ours(L, globals, "text", lua_text_open, NULL);
    set_ours(L, globals, "glob", lua_text_open_glob, param_glob);
    set_ours(L, globals, "path", lua_text_open_path, param_path);
    set_ours(L, globals, "cidr", lua_text_open_cidr, NULL);
    set_ours(L, globals, "time", lua_time_open, NULL);
    push_string_library(L);
    protect(L);
    lua_setfield(L, globals, "string");
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
        push_library(L, &libraries[i]);
        protect(L);
        lua_setfield(L, globals, libraries[i].name);
    }
}

void stdlib_open(lua_State *L)
{
    int globals;

    lua_createtable(L, 0, 8);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &contents_key);
    lua_createtable(L, 0, 48);
    globals = lua_gettop(L);
    lua_pushcfunction(L, luaopen_base);
    lua_call(L, 0, 1);
    copy_names(L, -1, globals, base_names);
    lua_pop(L, 1);
    lua_pushvalue(L, globals);
    luaL_setfuncs(L, safe_base, 0);
    luaL_setfuncs(L, decision_functions, 0);
    luaL_setfuncs(L, param_functions, 0);
    lua_pushcfunction(L, rule_define);
    lua_setfield(L, -2, "rule");
    lua_pushcfunction(L, profile_define);
    lua_setfield(L, -2, "profile");
    lua_pushcfunction(L, data_get);
    lua_setfield(L, -2, "data");
    lua_pushcfunction(L, modules_require);
    lua_setfield(L, -2, "require");
    lua_pop(L, 1);
    lua_view_open(L);
    set_libraries(L, globals);

    lua_createtable(L, 0, 1);
    lua_pushvalue(L, globals);
    lua_setfield(L, -2, "__index");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &env_key);
    lua_pop(L, 1);
    /* What luaopen_base filled goes; chunks get an environment of their own. */
    lua_createtable(L, 0, 0);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
}

void stdlib_push_env(lua_State *L)
{
    lua_createtable(L, 0, 0);
    (void)lua_rawgetp(L, LUA_REGISTRYINDEX, &env_key);
    lua_setmetatable(L, -2);
}

void stdlib_push_globals(lua_State *L)
{
    (void)lua_rawgetp(L, LUA_REGISTRYINDEX, &env_key);
    (void)lua_getfield(L, -1, "__index");
    lua_remove(L, -2);
}

int stdlib_push_contents(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    (void)lua_rawgetp(L, LUA_REGISTRYINDEX, &contents_key);
    lua_pushvalue(L, index);
    if (lua_rawget(L, -2) == LUA_TTABLE) {
        lua_remove(L, -2);
        return 1;
    }
    lua_pop(L, 2);
    return 0;
}
