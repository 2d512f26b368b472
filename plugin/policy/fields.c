#include "policy/fields.h"

#include <lauxlib.h>
#include <stdbool.h>
#include <string.h>

#include "policy/loading.h"
#include "policy/near.h"

static bool is_among(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

/* [-0, +1] "; its keys are mode, params", where they are few; else "". */
static const char *push_few(lua_State *L, const char *const *names)
{
    enum { FEW = 4 };
    size_t count = 0;

    while (names[count])
        count++;
    if (count > FEW)
        return lua_pushliteral(L, "");
    (void)lua_pushfstring(L, "; its keys are %s", names[0]);
    for (size_t i = 1; i < count; i++) {
        (void)lua_pushfstring(L, "%s, %s", lua_tostring(L, -1), names[i]);
        lua_remove(L, -2);
    }
    return lua_tostring(L, -1);
}

static void fail_name(lua_State *L, const char *what, const char *name, const char *const *names)
{
    char hint[NEAR_HINT_BYTES];
    struct near near;

    near_init(&near, str_from(name));
    for (size_t i = 0; names[i]; i++)
        near_offer(&near, str_from(names[i]));
    (void)near_hint(&near, hint);
    loading_raise(L, str_from(name), "%s has no key '%s'%s", what, name,
                  *hint ? hint : push_few(L, names));
}

void fields_check_names(lua_State *L, int index, const char *what, const char *const *names)
{
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) != LUA_TSTRING)
            luaL_error(L, "%s is a table of names, such as %s { id = \"...\" }", what, what);
        if (!is_among(lua_tostring(L, -1), names))
            fail_name(L, what, lua_tostring(L, -1), names);
    }
}

struct str fields_text(lua_State *L, int index, const char *what, const char *key,
                       enum fields_need need)
{
    struct str text = STR("");
    int type = lua_getfield(L, index, key);

    if (type == LUA_TSTRING)
        text.ptr = lua_tolstring(L, -1, &text.len);
    else if (type != LUA_TNIL)
        loading_raise(L, str_from(key), "%s.%s: expected a text in quotes, got a %s", what, key,
                      luaL_typename(L, -1));
    if (need == FIELDS_NEEDED && text.len == 0)
        luaL_error(L, "%s needs a key '%s'", what, key);
    lua_pop(L, 1);
    return text;
}

void fields_check_api(lua_State *L, int index, const char *what)
{
    int type = lua_getfield(L, index, "api");

    if (type != LUA_TNIL && !(lua_isinteger(L, -1) && lua_tointeger(L, -1) == 1))
        loading_raise(L, STR("api"), "%s.api: this version knows api = 1 only", what);
    lua_pop(L, 1);
}

static bool is_id_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

void fields_check_id(lua_State *L, const char *what, struct str id)
{
    bool fine = id.len > 0 && id.len <= 64 && id.ptr[0] != '.' && id.ptr[id.len - 1] != '.';

    for (size_t i = 0; i < id.len && fine; i++)
        fine = is_id_byte(id.ptr[i]) && !(id.ptr[i] == '.' && id.ptr[i - 1] == '.');
    if (!fine)
        loading_raise(L, STR("id"),
                      "%s.id: expected small letters, digits and '-', with points between, such as "
                      "\"site.no-latest\"; got \"%s\"",
                      what, id.ptr);
}
