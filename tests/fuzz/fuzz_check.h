#ifndef FUZZ_CHECK_H
#define FUZZ_CHECK_H

#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"

enum { FUZZ_ARENA_BYTES = 16 << 20 };

static inline void fuzz_require(bool promise)
{
    if (!promise)
        abort();
}

/* The same arena for each input, emptied. */
static inline struct arena *fuzz_arena(void)
{
    static struct arena arena;
    struct err err;

    if (!arena.base)
        fuzz_require(arena_init(&arena, FUZZ_ARENA_BYTES, &err) == 0);
    arena_reset(&arena, FUZZ_ARENA_BYTES);
    return &arena;
}

/* part lies within whole. */
static inline bool fuzz_within(struct str part, struct str whole)
{
    return part.len == 0 || (part.ptr >= whole.ptr && part.ptr + part.len <= whole.ptr + whole.len);
}

#endif
