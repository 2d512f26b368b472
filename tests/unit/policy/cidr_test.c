#include "policy/cidr.h"

#include "check.h"

static bool is_cidr(const char *text)
{
    struct cidr cidr;

    return cidr_parse(str_from(text), &cidr);
}

static bool contains(const char *block, const char *inner)
{
    struct cidr a, b;

    CHECK(cidr_parse(str_from(block), &a));
    CHECK(cidr_parse(str_from(inner), &b));
    return cidr_contains(&a, &b);
}

static void reads_addresses_and_blocks(void)
{
    CHECK(is_cidr("10.0.0.1"));
    CHECK(is_cidr("10.1.2.3/8"));
    CHECK(is_cidr("0.0.0.0/0"));
    CHECK(is_cidr("255.255.255.255/32"));
    CHECK(is_cidr("::"));
    CHECK(is_cidr("2001:db8::/32"));
    CHECK(is_cidr("::ffff:10.0.0.1/104"));
    CHECK(is_cidr("ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255/128"));
}

static void refuses_what_is_none(void)
{
    static const char *const wrong[] = {
        "",          "10.0.0",        "10.0.0.0.0",  "10.0.0.256",  "010.0.0.1",
        "10.0.0.1/", "10.0.0.1/33",   "10.0.0.1/-1", "10.0.0.1/08", "10.0.0.1/8/8",
        " 10.0.0.1", "10.0.0.1 ",     "::/129",      "::1%eth0",    "[::1]",
        ":::",       "localhost",     "10.0.0.1/a",  "/8",          "0x0a.0.0.1",
        "167772161", "10.0.0.1/1000", "1:2:3",
    };

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK(!is_cidr(wrong[i]));
    CHECK(!cidr_parse(STR("10.0.0.1\0"), &(struct cidr){0}));
}

static void compares_the_bits_that_count(void)
{
    CHECK(contains("10.0.0.0/8", "10.255.255.255"));
    CHECK(!contains("10.0.0.0/8", "11.0.0.0"));
    CHECK(contains("10.1.2.3/8", "10.0.0.1"));
    CHECK(contains("192.168.0.0/23", "192.168.1.255"));
    CHECK(!contains("192.168.0.0/23", "192.168.2.0"));
    CHECK(contains("127.0.0.1", "127.0.0.1"));
    CHECK(!contains("127.0.0.1", "127.0.0.2"));
    CHECK(contains("0.0.0.0/0", "1.2.3.4"));
    CHECK(contains("fe80::/10", "febf::1"));
    CHECK(!contains("fe80::/10", "fec0::1"));
    CHECK(contains("::/0", "2001:db8::1"));
}

static void takes_both_spellings_of_ipv4_as_one(void)
{
    CHECK(contains("10.0.0.0/8", "::ffff:10.1.1.1"));
    CHECK(contains("::ffff:10.0.0.0/104", "10.1.1.1"));
    CHECK(!contains("::/0", "10.1.1.1"));
    CHECK(!contains("0.0.0.0/0", "::1"));
}

static void compares_blocks_with_blocks(void)
{
    CHECK(contains("10.0.0.0/8", "10.1.0.0/16"));
    CHECK(contains("10.0.0.0/8", "10.0.0.0/8"));
    CHECK(!contains("10.1.0.0/16", "10.0.0.0/8"));
}

int main(void)
{
    reads_addresses_and_blocks();
    refuses_what_is_none();
    compares_the_bits_that_count();
    takes_both_spellings_of_ipv4_as_one();
    compares_blocks_with_blocks();
    return 0;
}
