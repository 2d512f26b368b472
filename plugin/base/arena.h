#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

#include "base/cleanup.h"
#include "base/err.h"
#include "base/str.h"

/* Memory that is given out in order and taken back all at once: what one decision needs.
 * One reserved range of addresses, so a pointer into it stays valid until arena_reset(). */
struct arena {
    char *base; /* owned mapping of cap bytes */
    size_t used;
    size_t cap;
    size_t peak; /* highest used since the last trim, in bytes */
};

/* Reserve cap bytes of address space; the kernel gives pages as they are touched.
 * Errors: ERR_SYSTEM. */
MUST_CHECK int arena_init(struct arena *arena, size_t cap, struct err *err);
/* Takes a zeroed arena too. */
void arena_done(struct arena *arena);

/* size bytes aligned for any type, not zeroed; NULL when the cap is reached. */
void *arena_alloc(struct arena *arena, size_t size) __attribute__((alloc_size(2)));
/* Room for count elements of size bytes; NULL at the cap or when the product overflows. */
void *arena_array(struct arena *arena, size_t count, size_t size) __attribute__((alloc_size(2, 3)));
/* Copy of s with a NUL after it; .ptr is NULL at the cap. */
struct str arena_str(struct arena *arena, struct str s);
/* printf into the arena; .ptr is NULL at the cap. */
struct str arena_printf(struct arena *arena, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Forget everything; pages beyond keep bytes go back to the kernel. */
void arena_reset(struct arena *arena, size_t keep);

#endif
