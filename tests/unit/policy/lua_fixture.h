#ifndef LUA_FIXTURE_H
#define LUA_FIXTURE_H

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "policy/context.h"
#include "policy/lua_view.h"
#include "policy/sandbox.h"
#include "policy/stdlib.h"

/* One piece of Lua, run as a policy file would be. */
struct chunk {
    const char *text;
    const struct node *view; /* what the chunk gets as its argument; may be NULL */
    char result[1024];       /* tostring() of the first thing it returned */
};

static inline struct worker_page *fixture_page(uint64_t instructions, uint64_t bytes)
{
    struct worker_page *page =
        mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    CHECK(page != MAP_FAILED);
    page->limits = (struct worker_limits){.instructions = instructions, .lua_memory_bytes = bytes};
    return page;
}

static inline int fixture_open(lua_State *L)
{
    stdlib_open(L);
    return 0;
}

static inline int fixture_body(lua_State *L)
{
    struct chunk *chunk = lua_touserdata(L, 1);

    if (luaL_loadbufferx(L, chunk->text, strlen(chunk->text), "@test.lua", "t") != LUA_OK)
        return lua_error(L);
    stdlib_push_env(L);
    (void)lua_setupvalue(L, -2, 1);
    lua_view_push(L, chunk->view);
    lua_call(L, 1, 1);
    (void)snprintf(chunk->result, sizeof chunk->result, "%s", luaL_tolstring(L, -1, NULL));
    return 0;
}

static inline struct sandbox *fixture_sandbox(struct worker_page *page)
{
    struct sandbox *sandbox;
    struct err err;

    CHECK(sandbox_new(page, &sandbox, &err) == 0);
    sandbox_clear(sandbox);
    CHECK(sandbox_call(sandbox, fixture_open, NULL, &err) == 0);
    return sandbox;
}

/* What text returns, or the error that it raises. */
static inline const char *fixture_run(struct sandbox *sandbox, const char *text,
                                      const struct node *view)
{
    static struct chunk chunk;
    static struct err err;

    chunk = (struct chunk){.text = text, .view = view};
    if (sandbox_call(sandbox, fixture_body, &chunk, &err) < 0)
        return err.msg;
    return chunk.result;
}

#define CHECK_TEXT(got, want) CHECK_STR(str_from(got), want)

#endif
