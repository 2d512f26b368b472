#include "docker/host_address.h"

#include <arpa/inet.h>

/* ::ffff:0.0.0.0 is 0.0.0.0 (RFC 4291, section 2.5.5.2). */
static bool is_unspecified6(const struct in6_addr *address)
{
    return IN6_IS_ADDR_UNSPECIFIED(address) ||
           (IN6_IS_ADDR_V4MAPPED(address) && memcmp(address->s6_addr + 12, "\0\0\0", 4) == 0);
}

bool host_address_is_any(struct str address)
{
    char text[INET6_ADDRSTRLEN + 1];
    struct in_addr v4;
    struct in6_addr v6;

    if (address.len == 0 || address.len >= sizeof text || str_find(address, '\0') < address.len)
        return true;
    memcpy(text, address.ptr, address.len);
    text[address.len] = '\0';
    if (inet_pton(AF_INET, text, &v4) == 1)
        return v4.s_addr == 0;
    return inet_pton(AF_INET6, text, &v6) != 1 || is_unspecified6(&v6);
}
