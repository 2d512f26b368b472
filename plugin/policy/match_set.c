#include "policy/match_set.h"

/* ASCII's members of each class, as isalpha() and its kin have them in the "C" locale: bytes 0 to
 * 63, then 64 to 127. */
static const struct class
{
    char letter;
    uint64_t low, high;
} classes[] = {
    {'a', 0, 0x07fffffe07fffffe},
    {'c', 0xffffffff, 0x8000000000000000},
    {'d', 0x03ff000000000000, 0},
    {'g', 0xfffffffe00000000, 0x7fffffffffffffff},
    {'l', 0, 0x07fffffe00000000},
    {'p', 0xfc00fffe00000000, 0x78000001f8000001},
    {'s', 0x0000000100003e00, 0},
    {'u', 0, 0x0000000007fffffe},
    {'w', 0x03ff000000000000, 0x07fffffe07fffffe},
    {'x', 0x03ff000000000000, 0x0000007e0000007e},
    {'z', 1, 0}, /* the zero byte: left from Lua 5.1, undocumented, still there in 5.4 */
};

bool match_set_add_class(uint64_t set[4], char letter)
{
    char lower = (char)(letter | 0x20);

    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        const struct class *class = &classes[i];

        if (class->letter != lower)
            continue;
        if (letter == lower) {
            set[0] |= class->low;
            set[1] |= class->high;
        } else {
            set[0] |= ~class->low;
            set[1] |= ~class->high;
            set[2] = UINT64_MAX;
            set[3] = UINT64_MAX;
        }
        return true;
    }
    return false;
}

static void add_range(uint64_t set[4], char first, char last)
{
    unsigned from = (unsigned char)first, to = (unsigned char)last;

    for (unsigned word = from / 64; word <= to / 64; word++) {
        uint64_t mask = UINT64_MAX;

        if (word == from / 64)
            mask &= UINT64_MAX << (from % 64);
        if (word == to / 64)
            mask &= UINT64_MAX >> (63 - to % 64);
        if (from <= to)
            set[word] |= mask;
    }
}

/* Index of the ']' that closes the set whose first member is at `at`; pattern.len: none does. A ']'
 * in first place, and one after a '%', are members. */
static size_t find_end(struct str pattern, size_t at)
{
    size_t first = at;

    while (at < pattern.len) {
        if (pattern.ptr[at] == ']' && at > first)
            return at;
        at += pattern.ptr[at] == '%' ? 2 : 1;
    }
    return pattern.len;
}

static void add_members(uint64_t set[4], struct str members)
{
    const char *text = members.ptr;
    size_t at = 0;

    while (at < members.len) {
        if (text[at] == '%' && at + 1 < members.len) {
            if (!match_set_add_class(set, text[at + 1]))
                match_set_add(set, text[at + 1]);
            at += 2;
        } else if (at + 2 < members.len && text[at + 1] == '-') {
            add_range(set, text[at], text[at + 2]);
            at += 3;
        } else {
            match_set_add(set, text[at]);
            at++;
        }
    }
}

size_t match_set_read(struct str pattern, size_t at, uint64_t set[4])
{
    size_t first = at + 1;
    bool inverse = first < pattern.len && pattern.ptr[first] == '^';
    size_t end;

    if (inverse)
        first++;
    end = find_end(pattern, first);
    if (end >= pattern.len)
        return 0;
    set[0] = set[1] = set[2] = set[3] = 0;
    add_members(set, (struct str){pattern.ptr + first, end - first});
    for (size_t i = 0; inverse && i < 4; i++)
        set[i] = ~set[i];
    return end + 1;
}
