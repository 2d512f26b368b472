#include "policy/profile.h"

#include <lauxlib.h>

#include "policy/data.h"
#include "policy/fields.h"
#include "policy/locate.h"
#include "policy/value.h"

static const char *const names[] = {
    "id", "api", "title", "extends", "mode", "default", "rules", "exceptions", NULL,
};
static const char *const default_names[] = {"read", "write", "unknown", NULL};
static const char *const entry_names[] = {"mode", "params", NULL};

static enum fallback read_fallback(lua_State *L, int index, const char *what, const char *key)
{
    struct str word = fields_text(L, index, what, key, FIELDS_OPTIONAL);

    if (word.len == 0)
        return FALLBACK_UNSET;
    if (str_eq(word, STR("allow")))
        return FALLBACK_ALLOW;
    if (!str_eq(word, STR("deny")))
        loading_raise(L, str_from(key), "%s.%s: expected \"allow\" or \"deny\", got \"%s\"", what,
                      key, word.ptr);
    return FALLBACK_DENY;
}

static void read_default(lua_State *L, struct profile *profile)
{
    int type = lua_getfield(L, 1, "default");

    if (type == LUA_TSTRING) {
        profile->fallback.read = read_fallback(L, 1, "profile", "default");
        profile->fallback.write = profile->fallback.read;
    } else if (type == LUA_TTABLE) {
        int index = lua_gettop(L);

        fields_check_names(L, index, "profile.default", default_names);
        profile->fallback.read = read_fallback(L, index, "profile.default", "read");
        profile->fallback.write = read_fallback(L, index, "profile.default", "write");
        profile->fallback.unknown = read_fallback(L, index, "profile.default", "unknown");
    } else if (type != LUA_TNIL) {
        loading_raise(L, STR("default"),
                      "profile.default: expected { read = ..., write = ..., unknown = ... }, got "
                      "a %s",
                      luaL_typename(L, -1));
    }
    lua_pop(L, 1);
}

static enum mode read_mode(lua_State *L, int index, const char *what)
{
    struct str word = fields_text(L, index, what, "mode", FIELDS_OPTIONAL);
    enum mode mode = MODE_UNSET;

    if (word.len > 0 && !mode_find(word, &mode))
        loading_raise(L, STR("mode"),
                      "%s.mode: expected \"enforce\", \"audit\" or \"off\", got \"%s\"", what,
                      word.ptr);
    return mode;
}

/* The entry on top, whose rule's id is below it. */
static struct profile_entry read_entry(lua_State *L, struct loading *loading)
{
    struct profile_entry entry = {.line = loading_line(L)};
    int index = lua_gettop(L);
    struct str id;
    char what[128];

    if (lua_type(L, -2) != LUA_TSTRING)
        luaL_error(L, "profile.rules: write [\"rule.id\"] = { mode = ..., params = ... }");
    id.ptr = lua_tolstring(L, -2, &id.len);
    (void)lua_pushfstring(L, "the entry of rule %s", id.ptr);
    (void)snprintf(what, sizeof what, "%s", lua_tostring(L, -1));
    lua_pop(L, 1);
    if (lua_type(L, index) != LUA_TTABLE)
        loading_raise(L, id, "%s: expected a table, such as { mode = \"audit\" }, got a %s", what,
                      luaL_typename(L, index));
    fields_check_names(L, index, what, entry_names);
    entry.id = loading_str(L, loading, id);
    entry.line = locate_key(loading->source->content, entry.line, id);
    entry.mode = read_mode(L, index, what);
    if (lua_getfield(L, index, "params") != LUA_TNIL) {
        luaL_checkstack(L, 8, NULL);
        if (lua_type(L, -1) != LUA_TTABLE)
            luaL_error(L, "%s: params: expected a table, got a %s", what, luaL_typename(L, -1));
        entry.params = value_read(L, -1, loading);
    }
    lua_pop(L, 1);
    return entry;
}

static size_t count_entries(lua_State *L, int index)
{
    size_t count = 0;

    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        count++;
    }
    return count;
}

static void read_entries(lua_State *L, struct loading *loading)
{
    struct profile *profile = loading->profile;
    int type = lua_getfield(L, 1, "rules");
    int index = lua_gettop(L);
    size_t count;

    if (type != LUA_TNIL && type != LUA_TTABLE)
        loading_raise(L, STR("rules"), "profile.rules: expected a table, got a %s",
                      luaL_typename(L, -1));
    count = type == LUA_TTABLE ? count_entries(L, index) : 0;
    profile->entries = loading_alloc(L, loading, count, sizeof *profile->entries);
    if (type == LUA_TTABLE)
        lua_pushnil(L);
    while (profile->count < count && lua_next(L, index)) {
        struct profile_entry entry = read_entry(L, loading);
        size_t place = profile->count++;

        for (; place > 0 && str_cmp(entry.id, profile->entries[place - 1].id) < 0; place--)
            profile->entries[place] = profile->entries[place - 1];
        profile->entries[place] = entry;
        lua_pop(L, 1);
    }
    lua_settop(L, index - 1);
}

static void read_exceptions(lua_State *L, struct loading *loading)
{
    struct profile *profile = loading->profile;
    int type = lua_getfield(L, 1, "exceptions");

    profile->exceptions = value_read(L, -1, loading);
    profile->exceptions_source = data_source(loading->data, &profile->exceptions);
    profile->exceptions_line = 1;
    if (!profile->exceptions_source) {
        profile->exceptions_source = loading->source;
        profile->exceptions_line =
            locate_key(loading->source->content, loading_line(L), STR("exceptions"));
    }
    if (type != LUA_TNIL && profile->exceptions.type != NODE_LIST)
        loading_raise(L, STR("exceptions"),
                      "profile.exceptions: expected a list of tables, or data \"exceptions\" for "
                      "that of data/exceptions.json, got %s",
                      type == LUA_TTABLE || type == LUA_TUSERDATA ? "a table with names"
                                                                  : luaL_typename(L, -1));
    lua_pop(L, 1);
}

static void read_profile(lua_State *L, struct loading *loading)
{
    struct profile *profile = loading->profile;
    struct str id;

    fields_check_names(L, 1, "profile", names);
    fields_check_api(L, 1, "profile");
    id = fields_text(L, 1, "profile", "id", FIELDS_NEEDED);
    fields_check_id(L, "profile", id);
    profile->id = loading_str(L, loading, id);
    profile->source = loading->source;
    profile->line = loading_line(L);
    (void)fields_text(L, 1, "profile", "title", FIELDS_OPTIONAL);
    profile->extends =
        loading_str(L, loading, fields_text(L, 1, "profile", "extends", FIELDS_OPTIONAL));
    profile->mode = read_mode(L, 1, "profile");
    if (profile->mode == MODE_OFF)
        loading_raise(L, STR("mode"),
                      "profile.mode: expected \"enforce\" or \"audit\"; rules are switched off one "
                      "by one");
    read_default(L, profile);
    read_entries(L, loading);
    read_exceptions(L, loading);
}

int profile_define(lua_State *L)
{
    struct loading *loading = loading_of(L);

    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    if (!loading || !loading->profile)
        return luaL_error(L, "profile { ... } belongs into policy.lua");
    if (loading->made)
        return luaL_error(L, "one file holds one profile; this is the second");
    read_profile(L, loading);
    loading->made = lua_topointer(L, 1);
    return 1;
}

const struct profile_entry *profile_entry(const struct profile *profile, struct str id)
{
    for (size_t i = 0; i < profile->count; i++)
        if (str_eq(profile->entries[i].id, id))
            return &profile->entries[i];
    return NULL;
}

bool profile_chain_names(const struct profile_chain *chain, struct str id)
{
    for (size_t i = 0; i < chain->count; i++)
        if (profile_entry(&chain->profiles[i], id))
            return true;
    return false;
}

enum mode profile_chain_mode(const struct profile_chain *chain, struct str id)
{
    enum mode whole = MODE_UNSET;

    for (size_t i = 0; i < chain->count; i++) {
        const struct profile_entry *entry = profile_entry(&chain->profiles[i], id);

        if (entry && entry->mode != MODE_UNSET)
            return entry->mode == MODE_OFF || whole == MODE_UNSET ? entry->mode : whole;
        if (whole == MODE_UNSET)
            whole = chain->profiles[i].mode;
    }
    return whole == MODE_UNSET ? MODE_ENFORCE : whole;
}

enum mode profile_chain_default_mode(const struct profile_chain *chain)
{
    for (size_t i = 0; i < chain->count; i++)
        if (chain->profiles[i].mode != MODE_UNSET)
            return chain->profiles[i].mode;
    return MODE_ENFORCE;
}

static void inherit(enum fallback *value, enum fallback further)
{
    if (*value == FALLBACK_UNSET)
        *value = further;
}

struct profile_default profile_chain_default(const struct profile_chain *chain)
{
    struct profile_default fallback = {FALLBACK_UNSET, FALLBACK_UNSET, FALLBACK_UNSET};

    for (size_t i = 0; i < chain->count; i++) {
        inherit(&fallback.read, chain->profiles[i].fallback.read);
        inherit(&fallback.write, chain->profiles[i].fallback.write);
        inherit(&fallback.unknown, chain->profiles[i].fallback.unknown);
    }
    inherit(&fallback.read, FALLBACK_DENY);
    inherit(&fallback.write, FALLBACK_DENY);
    inherit(&fallback.unknown, FALLBACK_DENY);
    return fallback;
}

enum fallback profile_default_of(const struct profile_default *fallback, enum action_class class)
{
    switch (class) {
    case ACTION_READ:
        return fallback->read;
    case ACTION_WRITE:
        return fallback->write;
    case ACTION_STREAM:
        break;
    }
    return fallback->read == FALLBACK_ALLOW ? fallback->write : FALLBACK_DENY;
}
