#include "base/json_plain.h"

#include <stdint.h>
#include <string.h>

/* As the compiler's vectors: SSE2 and NEON, which each machine of ours has. A byte beyond ASCII is
 * less than a space here. */
typedef signed char sixteen __attribute__((vector_size(16)));
typedef signed char eight __attribute__((vector_size(8)));

/* Every bit of a byte that is not plain, none of others. */
#define OTHERS(bytes) (((bytes) < ' ') | ((bytes) == '"') | ((bytes) == '\\') | ((bytes) == 0x7f))

/* Where the first of eight bytes stands that is not 0: the lowest byte is the first. */
static size_t first_of(uint64_t bytes)
{
    return (size_t)__builtin_ctzll(bytes) / 8;
}

size_t json_plain(struct str s)
{
    size_t at = 0;
    uint64_t others[2];
    sixteen bytes;
    eight rest;

    for (; at + sizeof bytes <= s.len; at += sizeof bytes) {
        memcpy(&bytes, s.ptr + at, sizeof bytes);
        bytes = OTHERS(bytes);
        memcpy(others, &bytes, sizeof bytes);
        if (others[0])
            return at + first_of(others[0]);
        if (others[1])
            return at + sizeof others[0] + first_of(others[1]);
    }
    if (at + sizeof rest <= s.len) {
        memcpy(&rest, s.ptr + at, sizeof rest);
        rest = OTHERS(rest);
        memcpy(others, &rest, sizeof rest);
        if (others[0])
            return at + first_of(others[0]);
        at += sizeof rest;
    }
    while (at < s.len && !OTHERS((signed char)s.ptr[at]))
        at++;
    return at;
}
