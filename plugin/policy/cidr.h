#ifndef POLICY_CIDR_H
#define POLICY_CIDR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* A block of IP addresses. IPv4 is kept as ::ffff:a.b.c.d, so both spellings of it are one. */
struct cidr {
    uint8_t address[16];
    uint8_t bits; /* of address that count, 0 to 128 */
    bool v4;
};

/* Read "10.0.0.0/8", "2001:db8::/32", or an address alone (a block of one). Leading zeros, zones
 * and brackets are not taken. Returns false where text is nothing of the kind. */
bool cidr_parse(struct str text, struct cidr *ret);

/* inner, an address or block, lies wholly in block. Families do not mix: 10.0.0.1 is not in ::/0.
 */
bool cidr_contains(const struct cidr *block, const struct cidr *inner);

#endif
