#include "docker/host_address.h"

#include "check.h"

int main(void)
{
    CHECK(host_address_is_any(STR("")));
    CHECK(host_address_is_any(STR("0.0.0.0")));
    CHECK(host_address_is_any(STR("::")));
    CHECK(host_address_is_any(STR("0:0:0:0:0:0:0:0")));
    CHECK(host_address_is_any(STR("0000:0000:0000:0000:0000:0000:0000:0000")));
    CHECK(host_address_is_any(STR("::0")));
    CHECK(host_address_is_any(STR("::0.0.0.0")));
    CHECK(host_address_is_any(STR("::ffff:0.0.0.0")));
    CHECK(host_address_is_any(STR("0:0:0:0:0:FFFF:0:0")));
    /* Not addresses: engines up to 28 then listen everywhere. */
    CHECK(host_address_is_any(STR("localhost")));
    CHECK(host_address_is_any(STR("127.0.0.01")));
    CHECK(host_address_is_any(STR("127.0.0.1 ")));
    CHECK(host_address_is_any(STR("127.0.0.1\0")));
    CHECK(host_address_is_any(STR("127.1")));
    CHECK(host_address_is_any(STR("[::1]")));
    CHECK(host_address_is_any(STR("fe80::1%eth0")));
    CHECK(host_address_is_any(STR("0000:0000:0000:0000:0000:0000:0000:0000:0000:00001")));

    CHECK(!host_address_is_any(STR("127.0.0.1")));
    CHECK(!host_address_is_any(STR("192.168.1.10")));
    CHECK(!host_address_is_any(STR("::1")));
    CHECK(!host_address_is_any(STR("::ffff:127.0.0.1")));
    CHECK(!host_address_is_any(STR("2001:db8::1")));
    return 0;
}
