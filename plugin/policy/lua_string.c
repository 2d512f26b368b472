#include "policy/lua_string.h"

#include <lauxlib.h>
#include <limits.h>

#include "policy/lua_args.h"
#include "policy/lua_format.h"
#include "policy/lua_pattern.h"
#include "policy/steps.h"

static int string_byte(lua_State *L)
{
    struct str s = lua_args_str(L, 1);
    lua_Integer first = luaL_optinteger(L, 2, 1);
    size_t start = lua_args_start(L, 2, 1, s.len);
    size_t end = lua_args_end(L, 3, first, s.len);

    if (start >= end)
        return 0;
    if (end - start >= INT_MAX)
        return luaL_error(L, "string slice too long");
    steps_take(L, end - start);
    luaL_checkstack(L, (int)(end - start), "string slice too long");
    for (size_t i = start; i < end; i++)
        lua_pushinteger(L, (unsigned char)s.ptr[i]);
    return (int)(end - start);
}

static int string_char(lua_State *L)
{
    int count = lua_gettop(L);
    luaL_Buffer out;
    char *bytes = luaL_buffinitsize(L, &out, (size_t)count);

    for (int i = 1; i <= count; i++) {
        lua_Integer byte = luaL_checkinteger(L, i);

        luaL_argcheck(L, byte >= 0 && byte <= UCHAR_MAX, i, "value out of range");
        bytes[i - 1] = (char)(unsigned char)byte;
    }
    luaL_pushresultsize(&out, (size_t)count);
    return 1;
}

static int string_len(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)lua_args_str(L, 1).len);
    return 1;
}

/* [-0, +1] s with the bytes from `first` to `last` shifted by shift. */
static int shift_case(lua_State *L, char first, char last, int shift)
{
    struct str s = lua_args_str(L, 1);
    luaL_Buffer out;
    char *bytes;

    steps_take(L, 1 + s.len / STEPS_SCAN_BYTES);
    bytes = luaL_buffinitsize(L, &out, s.len);
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];

        if (c >= first && c <= last)
            c = (char)(c + shift);
        bytes[i] = c;
    }
    luaL_pushresultsize(&out, s.len);
    return 1;
}

static int string_lower(lua_State *L)
{
    return shift_case(L, 'A', 'Z', 'a' - 'A');
}

static int string_upper(lua_State *L)
{
    return shift_case(L, 'a', 'z', 'A' - 'a');
}

static int string_reverse(lua_State *L)
{
    struct str s = lua_args_str(L, 1);
    luaL_Buffer out;
    char *bytes;

    steps_take(L, 1 + s.len / STEPS_SCAN_BYTES);
    bytes = luaL_buffinitsize(L, &out, s.len);
    for (size_t i = 0; i < s.len; i++)
        bytes[i] = s.ptr[s.len - 1 - i];
    luaL_pushresultsize(&out, s.len);
    return 1;
}

static int string_sub(lua_State *L)
{
    struct str s = lua_args_str(L, 1);
    size_t start, end;

    (void)luaL_checkinteger(L, 2);
    start = lua_args_start(L, 2, 1, s.len);
    end = lua_args_end(L, 3, -1, s.len);
    if (start >= end) {
        lua_pushliteral(L, "");
        return 1;
    }
    steps_take_block(L, end - start);
    (void)lua_pushlstring(L, s.ptr + start, end - start);
    return 1;
}

/* Copy s into out `count` times with sep between. */
static void repeat(char *out, struct str s, struct str sep, size_t count)
{
    while (count-- > 0) {
        memcpy(out, s.ptr, s.len);
        out += s.len;
        if (count > 0)
            memcpy(out, sep.ptr, sep.len);
        out += sep.len;
    }
}

static int string_rep(lua_State *L)
{
    struct str s = lua_args_str(L, 1);
    lua_Integer count = luaL_checkinteger(L, 2);
    struct str sep = lua_isnoneornil(L, 3) ? STR("") : lua_args_str(L, 3);
    size_t n, total;
    luaL_Buffer out;

    if (count <= 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    if (count > LUA_STRING_REP_COUNT_MAX)
        return luaL_error(L, "string.rep: at most %d times", LUA_STRING_REP_COUNT_MAX);
    n = (size_t)count;
    if (s.len > LUA_STRING_REP_BYTES_MAX || sep.len > LUA_STRING_REP_BYTES_MAX ||
        n * s.len + (n - 1) * sep.len > LUA_STRING_REP_BYTES_MAX)
        return luaL_error(L, "string.rep: the result may have at most %d bytes",
                          LUA_STRING_REP_BYTES_MAX);
    total = n * s.len + (n - 1) * sep.len;
    steps_take(L, n + total / STEPS_BLOCK_BYTES);
    repeat(luaL_buffinitsize(L, &out, total), s, sep, n);
    luaL_pushresultsize(&out, total);
    return 1;
}

static const luaL_Reg functions[] = {
    {"byte", string_byte},
    {"char", string_char},
    {"find", lua_pattern_find},
    {"format", lua_format},
    {"gmatch", lua_pattern_gmatch},
    {"gsub", lua_pattern_gsub},
    {"len", string_len},
    {"lower", string_lower},
    {"match", lua_pattern_match},
    {"rep", string_rep},
    {"reverse", string_reverse},
    {"sub", string_sub},
    {"upper", string_upper},
    {NULL, NULL},
};

void lua_string_open(lua_State *L)
{
    luaL_newlib(L, functions);
}
