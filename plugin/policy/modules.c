#include "policy/modules.h"

#include <lauxlib.h>

#include "policy/context.h"
#include "policy/near.h"
#include "policy/sandbox.h"
#include "policy/set_parts.h"
#include "policy/stdlib.h"

static bool is_module(const struct snapshot_file *file, struct str directory)
{
    return str_starts(file->name, directory) && str_ends(file->name, STR(".lua"));
}

static int add_all(const struct snapshot *snapshot, struct str directory, struct arena *arena,
                   struct modules *ret)
{
    for (size_t i = 0; i < snapshot->count; i++)
        if (is_module(&snapshot->files[i], directory) &&
            set_source(&snapshot->files[i], arena, &ret->sources[ret->count++]) < 0)
            return -1;
    return 0;
}

int modules_find(const struct snapshot *snapshot, struct arena *arena, struct modules *ret)
{
    *ret = (struct modules){arena_array(arena, snapshot->count + 1, sizeof *ret->sources), 0};
    if (!ret->sources || add_all(snapshot, STR("policy/lib/"), arena, ret) < 0)
        return -1;
    return add_all(snapshot, STR("library/lib/"), arena, ret);
}

/* "lib.net.ports" for lib/net/ports.lua and library/lib/net/ports.lua. Returns a string in the
 * state. [-0, +1] */
static struct str push_name(lua_State *L, const struct source *source)
{
    struct str path = source->name;
    struct str name;

    if (source->is_library)
        path = str_skip(path, sizeof "library/" - 1);
    lua_pushlstring(L, path.ptr, path.len - (sizeof ".lua" - 1));
    (void)luaL_gsub(L, lua_tostring(L, -1), "/", ".");
    lua_remove(L, -2);
    name.ptr = lua_tolstring(L, -1, &name.len);
    return name;
}

static const struct source *find(lua_State *L, const struct modules *modules, struct str wanted)
{
    char hint[NEAR_HINT_BYTES];
    struct near near;

    near_init(&near, wanted);
    for (size_t i = 0; i < modules->count; i++) {
        struct str name = push_name(L, &modules->sources[i]);

        if (str_eq(name, wanted))
            return &modules->sources[i];
        near_offer(&near, name); /* stays on the stack until the hint is made */
        luaL_checkstack(L, 4, NULL);
    }
    (void)near_hint(&near, hint);
    luaL_error(L, "there is no file lib/ for require(\"%s\")%s", wanted.ptr,
               *hint ? hint : "; require(\"lib.x\") gives lib/x.lua, and there is nothing else");
    return NULL;
}

int modules_require(lua_State *L)
{
    const struct context *context = sandbox_context(L);
    const struct source *source;
    struct str name;

    name.ptr = luaL_checklstring(L, 1, &name.len);
    lua_settop(L, 1);
    if (!context || !context->modules)
        return luaL_error(L, "require belongs at the top of a file, not into a check function");
    source = find(L, context->modules, name);
    lua_settop(L, 1);
    loading_compile(L, context->loading, source);
    stdlib_push_env(L);
    (void)lua_setupvalue(L, -2, 1);
    lua_call(L, 0, 1);
    if (lua_isnil(L, -1))
        return luaL_error(L, "%s does not return anything", source->name.ptr);
    return 1;
}
