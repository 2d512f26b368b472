#include "base/arena.h"

#include <errno.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

enum { PAGE = 64 * 1024 }; /* the largest that a machine of ours may have */

int arena_init(struct arena *arena, size_t cap, struct err *err)
{
    void *base =
        mmap(NULL, cap, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (base == MAP_FAILED)
        return err_set(err, ERR_SYSTEM, "cannot reserve %zu bytes: %s", cap, strerror(errno));
    *arena = (struct arena){.base = base, .cap = cap};
    return 0;
}

void arena_done(struct arena *arena)
{
    if (arena->base)
        (void)munmap(arena->base, arena->cap);
    *arena = (struct arena){0};
}

void *arena_alloc(struct arena *arena, size_t size)
{
    size_t mask = alignof(max_align_t) - 1;
    size_t at = (arena->used + mask) & ~mask;

    if (at > arena->cap || size > arena->cap - at)
        return NULL;
    arena->used = at + size;
    if (arena->used > arena->peak)
        arena->peak = arena->used;
    return arena->base + at;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(count, size, &bytes))
        return NULL;
    return arena_alloc(arena, bytes);
}

struct str arena_str(struct arena *arena, struct str s)
{
    char *copy = arena_alloc(arena, s.len + 1);

    if (!copy)
        return (struct str){NULL, 0};
    if (s.len)
        memcpy(copy, s.ptr, s.len);
    copy[s.len] = '\0';
    return (struct str){copy, s.len};
}

struct str arena_printf(struct arena *arena, const char *fmt, ...)
{
    va_list args;
    char *text;
    int len;

    va_start(args, fmt);
    len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    text = len < 0 ? NULL : arena_alloc(arena, (size_t)len + 1);
    if (!text)
        return (struct str){NULL, 0};
    va_start(args, fmt);
    (void)vsnprintf(text, (size_t)len + 1, fmt, args);
    va_end(args);
    return (struct str){text, (size_t)len};
}

void arena_reset(struct arena *arena, size_t keep)
{
    keep = (keep + PAGE - 1) & ~(size_t)(PAGE - 1);
    if (arena->peak > keep) {
        (void)madvise(arena->base + keep, arena->cap - keep, MADV_DONTNEED);
        arena->peak = 0;
    }
    arena->used = 0;
}
