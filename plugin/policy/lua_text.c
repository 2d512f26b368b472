#include "policy/lua_text.h"

#include <lauxlib.h>

#include "docker/path_clean.h"
#include "policy/bytes.h"
#include "policy/cidr.h"
#include "policy/glob.h"
#include "policy/lua_args.h"
#include "policy/path.h"
#include "policy/steps.h"

/* Length of the list at index; raises where there is no list. */
static lua_Integer check_list(lua_State *L, int index)
{
    int type = lua_type(L, index);

    if (type != LUA_TTABLE && type != LUA_TUSERDATA)
        (void)luaL_typeerror(L, index, "list");
    return luaL_len(L, index);
}

/* [-0, +1] the i-th entry of the list at index, which must be text. */
static struct str push_entry(lua_State *L, int index, lua_Integer i)
{
    struct str entry;

    steps_take(L, 1);
    if (lua_geti(L, index, i) != LUA_TSTRING)
        (void)luaL_error(L, "entry %I of the list must be text, not %s", (LUAI_UACINT)i,
                         luaL_typename(L, -1));
    entry.ptr = lua_tolstring(L, -1, &entry.len);
    return entry;
}

static int push_boolean(lua_State *L, bool value)
{
    lua_pushboolean(L, value);
    return 1;
}

static int text_starts(lua_State *L)
{
    struct str s = lua_args_str(L, 1), prefix = lua_args_str(L, 2);

    steps_take_block(L, prefix.len);
    return push_boolean(L, str_starts(s, prefix));
}

static int text_ends(lua_State *L)
{
    struct str s = lua_args_str(L, 1), suffix = lua_args_str(L, 2);

    steps_take_block(L, suffix.len);
    return push_boolean(L, str_ends(s, suffix));
}

static int text_contains(lua_State *L)
{
    struct str s = lua_args_str(L, 1), part = lua_args_str(L, 2);

    steps_take_block(L, s.len);
    return push_boolean(L, bytes_find(s, part) != SIZE_MAX);
}

static int text_split(lua_State *L)
{
    struct str s = lua_args_str(L, 1), separator = lua_args_str(L, 2);
    lua_Integer count = 0;

    luaL_argcheck(L, separator.len > 0, 2, "the separator is empty");
    lua_createtable(L, 4, 0);
    for (;;) {
        size_t found = bytes_find(s, separator);
        size_t len = found == SIZE_MAX ? s.len : found;

        steps_take_block(L, len + separator.len);
        (void)lua_pushlstring(L, s.ptr, len);
        lua_rawseti(L, -2, ++count);
        if (found == SIZE_MAX)
            return 1;
        s = str_skip(s, len + separator.len);
    }
}

/* As %s in the "C" locale. */
static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static int text_trim(lua_State *L)
{
    struct str s = lua_args_str(L, 1);

    steps_take(L, 1 + s.len / STEPS_SCAN_BYTES);
    while (s.len > 0 && is_space(s.ptr[0]))
        s = str_skip(s, 1);
    while (s.len > 0 && is_space(s.ptr[s.len - 1]))
        s.len--;
    (void)lua_pushlstring(L, s.ptr, s.len);
    return 1;
}

static bool match_glob(lua_State *L, struct str pattern, struct str s)
{
    steps_take(L, 1 + glob_cost_bytes(pattern, s) / STEPS_BLOCK_BYTES);
    return glob_match(pattern, s);
}

static int text_glob_match(lua_State *L)
{
    return push_boolean(L, match_glob(L, lua_args_str(L, 1), lua_args_str(L, 2)));
}

static int text_glob_any(lua_State *L)
{
    lua_Integer count = check_list(L, 1);
    struct str s = lua_args_str(L, 2);

    for (lua_Integer i = 1; i <= count; i++) {
        if (match_glob(L, push_entry(L, 1, i), s))
            return push_boolean(L, true);
        lua_pop(L, 1);
    }
    return push_boolean(L, false);
}

/* [-0, +1] what keeps the result alive. */
static struct str push_clean(lua_State *L, struct str path)
{
    struct arena scratch = {0};
    struct str clean;

    steps_take(L, 1 + path.len / STEPS_SCAN_BYTES);
    clean = path_clean(&scratch, path); /* a clean one takes no memory */
    if (clean.ptr) {
        lua_pushnil(L);
        return clean;
    }
    scratch.cap = path.len + 1;
    scratch.base = lua_newuserdatauv(L, scratch.cap, 0);
    return path_clean(&scratch, path);
}

static int text_path_clean(lua_State *L)
{
    struct str clean = push_clean(L, lua_args_str(L, 1));

    (void)lua_pushlstring(L, clean.ptr, clean.len);
    return 1;
}

/* The path at index, clean; "" stays, since it is no path and lies nowhere. [-0, +1] */
static struct str push_clean_argument(lua_State *L, struct str path)
{
    if (path.len > 0)
        return push_clean(L, path);
    lua_pushnil(L);
    return path;
}

static int text_path_under(lua_State *L)
{
    struct str path = lua_args_str(L, 1), dir = lua_args_str(L, 2);

    path = push_clean_argument(L, path);
    return push_boolean(L, path_under(path, push_clean_argument(L, dir)));
}

static int text_path_under_any(lua_State *L)
{
    struct str path = lua_args_str(L, 1);
    lua_Integer count = check_list(L, 2);

    path = push_clean_argument(L, path);
    for (lua_Integer i = 1; i <= count; i++) {
        struct str dir = push_clean_argument(L, push_entry(L, 2, i));

        if (path_under(path, dir))
            return push_boolean(L, true);
        lua_pop(L, 2);
    }
    return push_boolean(L, false);
}

/* Returns the first name of the list that is reached, or nil. */
static int text_path_reaches(lua_State *L)
{
    struct str path = lua_args_str(L, 1);
    lua_Integer count = check_list(L, 2);

    path = push_clean_argument(L, path);
    for (lua_Integer i = 1; i <= count; i++) {
        struct str name = push_clean_argument(L, push_entry(L, 2, i));

        if (path_reaches(path, name)) {
            lua_pop(L, 1);
            return 1;
        }
        lua_pop(L, 2);
    }
    lua_pushnil(L);
    return 1;
}

/* A block comes from the author of a policy: what is none is an error. */
static bool in_block(lua_State *L, const struct cidr *address, struct str text)
{
    struct cidr block;

    steps_take(L, 1 + text.len / STEPS_SCAN_BYTES);
    if (!cidr_parse(text, &block))
        (void)luaL_error(L, "cidr: '%s' is no address or block, such as 10.0.0.0/8", text.ptr);
    return cidr_contains(&block, address);
}

/* An address comes from a request: what is none lies nowhere. */
static bool read_address(lua_State *L, int index, struct cidr *address)
{
    struct str text = lua_args_str(L, index);

    return str_find(text, '/') == text.len && cidr_parse(text, address);
}

/* true or false, or nil where the first argument is no IP address. */
static int text_cidr_match(lua_State *L)
{
    struct cidr address = {0};
    bool known = read_address(L, 1, &address);
    bool inside = in_block(L, &address, lua_args_str(L, 2));

    if (known)
        return push_boolean(L, inside);
    lua_pushnil(L);
    return 1;
}

static int text_cidr_any(lua_State *L)
{
    struct cidr address = {0};
    bool known = read_address(L, 1, &address);
    lua_Integer count = check_list(L, 2);
    bool inside = false;

    for (lua_Integer i = 1; i <= count && !inside; i++) {
        inside = in_block(L, &address, push_entry(L, 2, i));
        lua_pop(L, 1);
    }
    if (known)
        return push_boolean(L, inside);
    lua_pushnil(L);
    return 1;
}

void lua_text_open(lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"starts", text_starts}, {"ends", text_ends}, {"contains", text_contains},
        {"split", text_split},   {"trim", text_trim}, {NULL, NULL},
    };

    luaL_newlib(L, functions);
}

void lua_text_open_glob(lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"match", text_glob_match},
        {"any", text_glob_any},
        {NULL, NULL},
    };

    luaL_newlib(L, functions);
}

void lua_text_open_path(lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"clean", text_path_clean},
        {"under", text_path_under},
        {"under_any", text_path_under_any},
        {"reaches", text_path_reaches},
        {NULL, NULL},
    };

    luaL_newlib(L, functions);
}

void lua_text_open_cidr(lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"match", text_cidr_match},
        {"any", text_cidr_any},
        {NULL, NULL},
    };

    luaL_newlib(L, functions);
}
