#include "policy/sandbox.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "policy/steps.h"

enum {
    HOOK_STEP = 100,          /* instructions between two looks at the budget */
    ALIGNMENT = 8,            /* LUAI_MAXALIGN on 64-bit machines */
    KEEP_BYTES = 1024 * 1024, /* memory that stays when a decision took more */
    PAGE_BYTES = 64 * 1024,   /* the largest that a machine of ours may have */
    STACK_SLOTS = 100,        /* more than a new state has */
    EXIT_STATUS = 3,
};

struct sandbox {
    struct steps steps; /* first: the state's extra space points to it */
    struct worker_page *page;
    char *base; /* owned mapping of cap bytes */
    size_t cap;
    size_t used;
    size_t peak; /* highest used since pages were last given back */
    uint64_t instructions;
    lua_State *L; /* in base */
    void *stack;  /* the block that Lua's stack is in */
    void *moving; /* the block that bump() is asked to make larger, if any */
    void *context;
};

static struct sandbox *owner(lua_State *L)
{
    return (struct sandbox *)steps_of(L);
}

/* "rules/site.lua:12" of the innermost Lua function. Chunk names are "@file". While its stack
 * moves, Lua (5.4.6 and newer) has no pointers to it and cannot be asked. */
static void note_line(struct sandbox *sandbox)
{
    lua_Debug ar;

    if (!sandbox->L || sandbox->moving == sandbox->stack)
        return;
    for (int level = 0; lua_getstack(sandbox->L, level, &ar); level++) {
        if (!lua_getinfo(sandbox->L, "Sl", &ar) || ar.currentline <= 0 || ar.source[0] != '@')
            continue;
        (void)snprintf(sandbox->page->where, sizeof sandbox->page->where, "%s:%d", ar.source + 1,
                       ar.currentline);
        return;
    }
}

__attribute__((noreturn, cold)) static void stop(struct sandbox *sandbox, enum worker_exit reason)
{
    note_line(sandbox);
    sandbox->page->exit = reason;
    _exit(EXIT_STATUS);
}

static size_t rounded(size_t size)
{
    return (size + (ALIGNMENT - 1)) & ~(size_t)(ALIGNMENT - 1);
}

static void *take(struct sandbox *sandbox, size_t size)
{
    char *block = sandbox->base + sandbox->used;

    if (size > sandbox->cap - sandbox->used || rounded(size) > sandbox->cap - sandbox->used)
        stop(sandbox, WORKER_EXIT_LUA_MEMORY);
    sandbox->used += rounded(size);
    if (sandbox->used > sandbox->peak)
        sandbox->peak = sandbox->used;
    return block;
}

/* lua_Alloc. Only the last block is ever taken back or grown where it stands. */
static void *bump(void *ud, void *ptr, size_t osize, size_t nsize)
{
    struct sandbox *sandbox = ud;
    char *block;

    if (!ptr)
        return nsize ? take(sandbox, nsize) : NULL;
    if ((char *)ptr + rounded(osize) == sandbox->base + sandbox->used)
        sandbox->used = (size_t)((char *)ptr - sandbox->base);
    else if (nsize <= osize)
        return nsize ? ptr : NULL;
    if (nsize == 0)
        return NULL;
    sandbox->moving = ptr;
    block = take(sandbox, nsize);
    sandbox->moving = NULL;
    if (block != ptr)
        memcpy(block, ptr, osize);
    if (ptr == sandbox->stack)
        sandbox->stack = block;
    return block;
}

static void spent(lua_State *L)
{
    stop(owner(L), WORKER_EXIT_INSTRUCTIONS);
}

static void count_hook(lua_State *L, lua_Debug *ar)
{
    (void)ar;
    steps_take(L, HOOK_STEP);
}

int sandbox_new(struct worker_page *page, struct sandbox **ret, struct err *err)
{
    struct sandbox *sandbox = calloc(1, sizeof *sandbox);
    void *base;

    if (!sandbox)
        return err_set(err, ERR_NOMEM, "out of memory");
    sandbox->page = page;
    sandbox->cap = (size_t)page->limits.lua_memory_bytes;
    sandbox->steps.spent = spent;
    sandbox->instructions = page->limits.instructions;
    base = mmap(NULL, sandbox->cap, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base == MAP_FAILED) {
        int code = errno;

        free(sandbox);
        return err_set(err, ERR_SYSTEM, "cannot reserve the memory of policies: %s",
                       strerror(code));
    }
    sandbox->base = base;
    *ret = sandbox;
    return 0;
}

void sandbox_free(struct sandbox *sandbox)
{
    if (!sandbox)
        return;
    (void)munmap(sandbox->base, sandbox->cap);
    free(sandbox);
}

static void give_pages_back(struct sandbox *sandbox, size_t keep)
{
    if (keep < KEEP_BYTES)
        keep = KEEP_BYTES;
    keep = (keep + PAGE_BYTES - 1) & ~(size_t)(PAGE_BYTES - 1);
    if (sandbox->peak <= keep)
        return;
    (void)madvise(sandbox->base + keep, sandbox->cap - keep, MADV_DONTNEED);
    sandbox->peak = sandbox->used;
}

/* Lua does not tell where its stack is; but it grows alone here, to a place that is known. */
static void find_stack(struct sandbox *sandbox, lua_State *L)
{
    void *end = sandbox->base + sandbox->used;

    (void)lua_checkstack(L, STACK_SLOTS);
    sandbox->stack = end;
}

void sandbox_clear(struct sandbox *sandbox)
{
    lua_State *L;

    sandbox->L = NULL;
    sandbox->stack = NULL;
    sandbox->used = 0;
    give_pages_back(sandbox, 0);
    sandbox->steps.left = sandbox->instructions;
    L = lua_newstate(bump, sandbox);
    find_stack(sandbox, L);
    sandbox->L = L;
    steps_attach(sandbox->L, &sandbox->steps);
    (void)lua_gc(sandbox->L, LUA_GCSTOP);
    lua_sethook(sandbox->L, count_hook, LUA_MASKCOUNT, HOOK_STEP);
}

int sandbox_call(struct sandbox *sandbox, lua_CFunction body, void *arg, struct err *err)
{
    lua_State *L = sandbox->L;
    const char *msg;
    int top = lua_gettop(L);

    lua_pushcfunction(L, body); /* no upvalues: neither push allocates */
    lua_pushlightuserdata(L, arg);
    if (lua_pcall(L, 1, 0, 0) == LUA_OK)
        return 0;
    msg = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "the error raised is not text";
    (void)err_set(err, ERR_LUA, "%s", msg);
    lua_settop(L, top);
    return -1;
}

int sandbox_save(const struct sandbox *sandbox, struct sandbox_image *ret, struct err *err)
{
    char *bytes = malloc(sandbox->used);

    if (!bytes)
        return err_set(err, ERR_NOMEM, "out of memory");
    memcpy(bytes, sandbox->base, sandbox->used);
    ret->bytes = bytes;
    ret->size = sandbox->used;
    ret->L = sandbox->L;
    ret->stack = sandbox->stack;
    return 0;
}

void sandbox_restore(struct sandbox *sandbox, const struct sandbox_image *image)
{
    give_pages_back(sandbox, image->size);
    memcpy(sandbox->base, image->bytes, image->size);
    sandbox->used = image->size;
    sandbox->steps.left = sandbox->instructions;
    sandbox->L = image->L;
    sandbox->stack = image->stack;
}

void sandbox_image_done(struct sandbox_image *image)
{
    free(image->bytes);
    *image = (struct sandbox_image){0};
}

void sandbox_at(struct sandbox *sandbox, struct str where)
{
    struct worker_page *page = sandbox->page;
    size_t len = where.len < sizeof page->where ? where.len : sizeof page->where - 1;

    if (len)
        memcpy(page->where, where.ptr, len);
    page->where[len] = '\0';
}

void sandbox_set_context(struct sandbox *sandbox, void *context)
{
    sandbox->context = context;
}

void *sandbox_context(lua_State *L)
{
    return owner(L)->context;
}

void *sandbox_alloc(lua_State *L, size_t size)
{
    return take(owner(L), size);
}
