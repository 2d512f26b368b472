#include "docker/port_range.h"

#include "check.h"

static bool is_range(struct str text, uint16_t from, uint16_t to)
{
    struct port_range range = {9, 9};

    return port_range_parse(text, &range) && range.from == from && range.to == to;
}

static bool is_refused(struct str text)
{
    struct port_range range;

    return !port_range_parse(text, &range);
}

static void reads_host_ports(void)
{
    CHECK(is_range(STR(""), 0, 0));
    CHECK(is_range(STR("0"), 0, 0));
    CHECK(is_range(STR("80"), 80, 80));
    CHECK(is_range(STR("0080"), 80, 80));
    CHECK(is_range(STR("65535"), 65535, 65535));
    CHECK(is_range(STR("8000-8010"), 8000, 8010));
    CHECK(is_range(STR("1023-1024"), 1023, 1024));
    CHECK(is_range(STR("80-80"), 80, 80));
    CHECK(is_range(STR("80-90-100"), 80, 90));
    CHECK(is_refused(STR("65536")));
    CHECK(is_refused(STR("90-80")));
    CHECK(is_refused(STR("-80")));
    CHECK(is_refused(STR("80-")));
    CHECK(is_refused(STR("-")));
    CHECK(is_refused(STR("+80")));
    CHECK(is_refused(STR(" 80")));
    CHECK(is_refused(STR("80 ")));
    CHECK(is_refused(STR("http")));
    CHECK(is_refused(STR("80\0")));
}

static void reads_container_ports(void)
{
    struct port_spec spec;

    CHECK(port_range_spec(STR("80/udp"), &spec) && spec.range.from == 80);
    CHECK_STR(spec.proto, "udp");
    CHECK(port_range_spec(STR("80"), &spec));
    CHECK_STR(spec.proto, "tcp");
    CHECK(port_range_spec(STR("80/"), &spec));
    CHECK_STR(spec.proto, "tcp");
    CHECK(port_range_spec(STR("8000-8001/sctp/x"), &spec) && spec.range.to == 8001);
    CHECK_STR(spec.proto, "sctp");
    CHECK(!port_range_spec(STR(""), &spec));
    CHECK(!port_range_spec(STR("/tcp"), &spec));
    CHECK(!port_range_spec(STR("x/tcp"), &spec));
}

int main(void)
{
    reads_host_ports();
    reads_container_ports();
    return 0;
}
