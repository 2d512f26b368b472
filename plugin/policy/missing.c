#include "policy/missing.h"

#include <string.h>

#include "policy/near.h"

enum { LISTED_MAX = 6 };

static const char no_outside[] =
    "a rule sees req, p and ctx only: no files, programs, network or environment";
static const char no_loading[] = "nothing is compiled while rules run";
static const char plain_tables[] = "tables are plain here; write t[key]";

/* What plain Lua has and policies do not. */
static const struct {
    const char *name;
    const char *advice;
} left_out[] = {
    {"_G", "write the name itself"},
    {"collectgarbage", "memory comes back by itself"},
    {"coroutine", "write a loop"},
    {"debug", no_outside},
    {"dofile", "to share code, put it into lib/ and require(\"lib.name\")"},
    {"getmetatable", plain_tables},
    {"io", no_outside},
    {"load", no_loading},
    {"loadfile", no_loading},
    {"loadstring", no_loading},
    {"os", no_outside},
    {"package", "to share code, put it into lib/ and require(\"lib.name\")"},
    {"print", "to see a value while you try, return audit(tostring(value))"},
    {"rawequal", plain_tables},
    {"rawget", plain_tables},
    {"rawlen", plain_tables},
    {"rawset", plain_tables},
    {"setmetatable", plain_tables},
    {"warn", "to see a value while you try, return audit(tostring(value))"},
    {"xpcall", "use pcall"},
};

static const char *advice_for(const char *name)
{
    for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++)
        if (strcmp(name, left_out[i].name) == 0)
            return left_out[i].advice;
    return NULL;
}

/* Offers the keys of the table, and counts them. [-0, +0] */
static size_t offer_all(lua_State *L, int names, struct near *near)
{
    size_t count = 0;

    lua_pushnil(L);
    while (lua_next(L, names)) {
        lua_pop(L, 1);
        near_offer(near, str_from(lua_tostring(L, -1)));
        count++;
    }
    return count;
}

/* [-0, +1] "; it has contains, ends" in the order of the alphabet */
static void push_list(lua_State *L, int names)
{
    const char *after = "";

    lua_pushliteral(L, "; it has");
    for (;;) {
        const char *next = NULL;

        lua_pushnil(L);
        while (lua_next(L, names)) {
            const char *name;

            lua_pop(L, 1);
            name = lua_tostring(L, -1);
            if (strcmp(name, after) > 0 && (!next || strcmp(name, next) < 0))
                next = name;
        }
        if (!next)
            return;
        lua_pushfstring(L, "%s%s %s", lua_tostring(L, -1), *after ? "," : "", next);
        lua_remove(L, -2);
        after = next;
    }
}

static void push_library(lua_State *L, int names, const char *library, const char *name)
{
    char hint[NEAR_HINT_BYTES];
    struct near near;

    near_init(&near, str_from(name));
    if (offer_all(L, names, &near) <= LISTED_MAX)
        push_list(L, names);
    else
        lua_pushstring(L, near_hint(&near, hint));
    lua_pushfstring(L, "there is no %s.%s in policies%s", library, name, lua_tostring(L, -1));
    lua_remove(L, -2);
}

void missing_push(lua_State *L, int names, const char *library, const char *name)
{
    static const char *const words[] = {"true", "false", "nil"};
    char hint[NEAR_HINT_BYTES];
    struct near near;

    if (!name) {
        lua_pushliteral(L, "a name is a text");
        return;
    }
    if (library) {
        push_library(L, names, library, name);
        return;
    }
    if (advice_for(name)) {
        lua_pushfstring(L, "there is no %s in policies: %s", name, advice_for(name));
        return;
    }
    near_init(&near, str_from(name));
    (void)offer_all(L, names, &near);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        near_offer(&near, str_from(words[i]));
    near_hint(&near, hint);
    lua_pushfstring(L, "there is no '%s' here%s", name,
                    *hint ? hint : "; if it is a variable, set it before with: local name = ...");
}
