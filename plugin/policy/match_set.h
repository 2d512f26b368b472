#ifndef POLICY_MATCH_SET_H
#define POLICY_MATCH_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* Sets of bytes, as patterns name them: one bit a byte value in four words. */

static inline bool match_set_has(const uint64_t set[4], char c)
{
    unsigned char byte = (unsigned char)c;

    return (set[byte >> 6] >> (byte & 63)) & 1;
}

static inline void match_set_add(uint64_t set[4], char c)
{
    unsigned char byte = (unsigned char)c;

    set[byte >> 6] |= UINT64_C(1) << (byte & 63);
}

/* The byte of s at `at`, or a zero byte beyond its end. */
static inline char match_set_byte(struct str s, size_t at)
{
    if (at >= s.len)
        return '\0';
    return s.ptr[at];
}

/* Add what %letter stands for, in the "C" locale. Returns false, and adds nothing, where letter
 * names no class: then %letter is the character itself. */
bool match_set_add_class(uint64_t set[4], char letter);

/* Read the set that pattern[at], a '[', opens. Returns the index after its ']', or 0: it is never
 * closed. */
size_t match_set_read(struct str pattern, size_t at, uint64_t set[4]);

#endif
