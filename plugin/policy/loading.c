#include "policy/loading.h"

#include <lauxlib.h>
#include <stdarg.h>
#include <stdio.h>

#include "policy/context.h"
#include "policy/lint_names.h"
#include "policy/locate.h"
#include "policy/miscompiled.h"
#include "policy/stdlib.h"

enum { FAULT_BYTES = 1024 };

/* One line of findings: what a policy raised may hold anything. */
static void add_line(struct loading *loading, const char *text)
{
    char line[FAULT_BYTES];
    size_t len = 0;

    for (; text[len] && len + 2 < sizeof line; len++) {
        unsigned char c = (unsigned char)text[len];

        line[len] = c < 0x20 || c == 0x7f ? ' ' : text[len];
    }
    line[len++] = '\n';
    (void)buffer_append(loading->findings, line, len);
}

__attribute__((format(printf, 4, 0))) static void add_finding(struct loading *loading,
                                                              const struct source *source, int line,
                                                              const char *fmt, va_list args)
{
    char text[FAULT_BYTES];
    int used = snprintf(text, sizeof text, "%.*s:%d: ", STR_FMT(source->name), line ? line : 1);

    if (used >= 0 && (size_t)used < sizeof text)
        (void)vsnprintf(text + used, sizeof text - (size_t)used, fmt, args);
    add_line(loading, text);
}

void loading_fault(struct loading *loading, const struct source *source, int line, const char *fmt,
                   ...)
{
    va_list args;

    va_start(args, fmt);
    add_finding(loading, source, line, fmt, args);
    va_end(args);
    loading->faults++;
}

void loading_note(struct loading *loading, const struct source *source, int line, const char *fmt,
                  ...)
{
    va_list args;

    va_start(args, fmt);
    add_finding(loading, source, line, fmt, args);
    va_end(args);
}

static int write_code(lua_State *L, const void *bytes, size_t len, void *code)
{
    (void)L;
    return buffer_append(code, bytes, len);
}

struct run {
    struct loading *loading;
    const char *wanted;
};

/* A text to which this build of Lua gives another meaning does not load: nobody would notice. The
 * canaries run only when a text is doubtful, and the library's own are left to its tests: a start
 * should not pay for what is there in hardly any rule. */
static void check_compiled(lua_State *L, const struct loading *loading, const struct source *source)
{
    struct miscompiled_place place;

    if (!loading || source->is_library ||
        !miscompiled_find(source->content, MISCOMPILED_ALL, &place) ||
        !miscompiled_find(source->content, miscompiled_probe(L), &place))
        return;
    lua_pushfstring(L, "%s:%d: %s", source->name.ptr, place.line, place.what);
    (void)lua_error(L);
}

/* What those are told who write Lua like another language. */
static const char *advice_for(const char *msg)
{
    static const struct {
        const char *says;
        const char *near;
        const char *advice;
    } slips[] = {
        {"", " near '!'", "; in Lua, write ~= for 'is not', and not for 'not'"},
        {"", " near '&'", "; in Lua, write and"},
        {"", " near '|'", "; in Lua, write or"},
        {"'}' expected", " near '='", "; a name with '.' or '-' in it is written [\"name\"] = ..."},
    };

    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++)
        if (strstr(msg, slips[i].says) && strstr(msg, slips[i].near))
            return slips[i].advice;
    return "";
}

void loading_compile(lua_State *L, const struct loading *loading, const struct source *source)
{
    lua_pushfstring(L, "@%s", source->name.ptr);
    if (luaL_loadbufferx(L, source->content.ptr, source->content.len, lua_tostring(L, -1), "t") !=
        LUA_OK) {
        const char *msg = lua_tostring(L, -1);

        (void)lua_pushfstring(L, "%s%s", msg, advice_for(msg)); /* it has its place already */
        (void)lua_error(L);
    }
    lua_remove(L, -2);
    check_compiled(L, loading, source);
}

static int run_body(lua_State *L)
{
    struct run *run = lua_touserdata(L, 1);
    struct loading *loading = run->loading;
    const struct source *source = loading->source;

    loading_compile(L, loading, source);
    if (loading->code && lua_dump(L, write_code, loading->code, 0) != 0)
        return luaL_error(L, "%s:1: no memory for this file", source->name.ptr);
    stdlib_push_env(L);
    (void)lua_setupvalue(L, -2, 1);
    lua_call(L, 0, 1);
    if (!loading->made || lua_topointer(L, -1) != loading->made)
        return luaL_error(L,
                          "%s:1: this file does not return what %s { ... } made; write: return "
                          "%s { ... }",
                          source->name.ptr, run->wanted, run->wanted);
    return 0;
}

/* "rules/site.lua:12: ...", as errors of Lua begin: of this file or of one that it requires. */
static bool has_place(const char *msg)
{
    struct str place = str_take(str_from(msg), strcspn(msg, ": \n"));

    return str_ends(place, STR(".lua")) && msg[place.len] == ':' && msg[place.len + 1] >= '0' &&
           msg[place.len + 1] <= '9';
}

static void add_raised(struct loading *loading, const struct source *source, const char *msg)
{
    size_t before = loading->findings->len;

    /* What Lua says of a name that is not there does not say what to do. */
    if (strstr(msg, "nil value (global '"))
        lint_names(loading->sandbox, loading->base, source, loading->findings);
    if (loading->findings->len == before && !has_place(msg)) {
        loading_fault(loading, source, 1, "%s", msg);
        return;
    }
    if (loading->findings->len == before)
        add_line(loading, msg);
    loading->faults++;
}

int loading_run(struct loading *loading, const struct source *source, const char *wanted)
{
    struct context context = {.loading = loading, .modules = loading->modules};
    struct run run = {loading, wanted};
    struct err err;
    int status;

    loading->source = source;
    loading->made = NULL;
    sandbox_restore(loading->sandbox, loading->base);
    sandbox_at(loading->sandbox, source->name);
    sandbox_set_context(loading->sandbox, &context);
    status = sandbox_call(loading->sandbox, run_body, &run, &err);
    if (status < 0)
        add_raised(loading, source, err.msg);
    sandbox_set_context(loading->sandbox, NULL);
    sandbox_at(loading->sandbox, STR(""));
    return status;
}

struct loading *loading_of(lua_State *L)
{
    const struct context *context = sandbox_context(L);

    return context ? context->loading : NULL;
}

int loading_line(lua_State *L)
{
    lua_Debug ar;

    if (!lua_getstack(L, 1, &ar) || !lua_getinfo(L, "l", &ar) || ar.currentline < 0)
        return 0;
    return ar.currentline;
}

void loading_raise(lua_State *L, struct str key, const char *fmt, ...)
{
    const struct loading *loading = loading_of(L);
    char text[FAULT_BYTES];
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    if (loading)
        lua_pushfstring(L, "%s:%d: %s", loading->source->name.ptr,
                        locate_key(loading->source->content, loading_line(L), key), text);
    else
        (void)luaL_error(L, "%s", text);
    (void)lua_error(L);
    __builtin_unreachable();
}

void *loading_alloc(lua_State *L, struct loading *loading, size_t count, size_t size)
{
    void *memory = arena_array(loading->arena, count ? count : 1, size);

    if (!memory)
        luaL_error(L, "this set of policies is too large");
    return memory;
}

struct str loading_str(lua_State *L, struct loading *loading, struct str s)
{
    struct str copy = arena_str(loading->arena, s);

    if (!copy.ptr)
        luaL_error(L, "this set of policies is too large");
    return copy;
}
