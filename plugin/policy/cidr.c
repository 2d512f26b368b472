#include "policy/cidr.h"

#include <arpa/inet.h>

enum { V4_OFFSET = 12, V4_BITS_OFFSET = 96 };

static const uint8_t v4_prefix[V4_OFFSET] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

static bool parse_address(struct str text, struct cidr *ret, bool *dotted)
{
    char copy[INET6_ADDRSTRLEN];

    if (text.len == 0 || text.len >= sizeof copy || str_find(text, '\0') < text.len)
        return false;
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    *dotted = str_find(text, ':') == text.len;
    if (!*dotted)
        return inet_pton(AF_INET6, copy, ret->address) == 1;
    memcpy(ret->address, v4_prefix, sizeof v4_prefix);
    return inet_pton(AF_INET, copy, ret->address + V4_OFFSET) == 1;
}

/* A decimal number up to most, without leading zeros; -1: it is none. */
static int parse_bits(struct str text, int most)
{
    int bits = 0;

    if (text.len == 0 || text.len > 3 || (text.len > 1 && text.ptr[0] == '0'))
        return -1;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return -1;
        bits = bits * 10 + (text.ptr[i] - '0');
    }
    return bits <= most ? bits : -1;
}

bool cidr_parse(struct str text, struct cidr *ret)
{
    size_t slash = str_find(text, '/');
    struct cidr cidr = {.bits = 128};
    bool dotted;

    if (!parse_address(str_take(text, slash), &cidr, &dotted))
        return false;
    if (slash < text.len) {
        int bits = parse_bits(str_skip(text, slash + 1), dotted ? 32 : 128);

        if (bits < 0)
            return false;
        cidr.bits = (uint8_t)(dotted ? bits + V4_BITS_OFFSET : bits);
    }
    cidr.v4 = cidr.bits >= V4_BITS_OFFSET && memcmp(cidr.address, v4_prefix, V4_OFFSET) == 0;
    *ret = cidr;
    return true;
}

bool cidr_contains(const struct cidr *block, const struct cidr *inner)
{
    size_t whole = block->bits / 8;
    unsigned rest = block->bits % 8;

    if (block->v4 != inner->v4 || inner->bits < block->bits)
        return false;
    if (memcmp(block->address, inner->address, whole) != 0)
        return false;
    return rest == 0 || (block->address[whole] ^ inner->address[whole]) >> (8 - rest) == 0;
}
