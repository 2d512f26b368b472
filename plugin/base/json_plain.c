#include "base/json_plain.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* As the compiler's vectors: SSE2 and NEON, which each machine of ours has. A byte beyond ASCII is
 * less than a space here. */
typedef signed char block __attribute__((vector_size(16)));

static bool is_plain(signed char c)
{
    return c >= ' ' && c != '"' && c != '\\' && c != 0x7f;
}

/* Where the first of eight bytes stands that is not 0: the lowest byte is the first. */
static size_t first_of(uint64_t bytes)
{
    return (size_t)__builtin_ctzll(bytes) / 8;
}

size_t json_plain(struct str s)
{
    size_t at = 0;

    for (; at + sizeof(block) <= s.len; at += sizeof(block)) {
        block bytes;
        uint64_t others[2];

        memcpy(&bytes, s.ptr + at, sizeof bytes);
        bytes = (bytes < ' ') | (bytes == '"') | (bytes == '\\') | (bytes == 0x7f);
        memcpy(others, &bytes, sizeof bytes);
        if (others[0])
            return at + first_of(others[0]);
        if (others[1])
            return at + sizeof others[0] + first_of(others[1]);
    }
    while (at < s.len && is_plain((signed char)s.ptr[at]))
        at++;
    return at;
}
