#include "docker/number.h"

#include "check.h"

static void reads_unsigned_numbers(void)
{
    uint64_t value = 7;

    CHECK(number_unsigned(STR("0"), 65535, &value) && value == 0);
    CHECK(number_unsigned(STR("00080"), 65535, &value) && value == 80);
    CHECK(number_unsigned(STR("65535"), 65535, &value) && value == 65535);
    CHECK(!number_unsigned(STR("65536"), 65535, &value));
    CHECK(number_unsigned(STR("18446744073709551615"), UINT64_MAX, &value) && value == UINT64_MAX);
    CHECK(!number_unsigned(STR("18446744073709551616"), UINT64_MAX, &value));
    CHECK(!number_unsigned(STR("99999999999999999999"), UINT64_MAX, &value));
    CHECK(!number_unsigned(STR(""), 9, &value));
    CHECK(!number_unsigned(STR("+1"), 9, &value));
    CHECK(!number_unsigned(STR("-0"), 9, &value));
    CHECK(!number_unsigned(STR(" 1"), 9, &value));
    CHECK(!number_unsigned(STR("1\0"), 9, &value));
    CHECK(!number_unsigned(STR("1_0"), 99, &value));
}

static void reads_signed_numbers(void)
{
    int64_t value = 7;

    CHECK(number_signed(STR("+0"), &value) && value == 0);
    CHECK(number_signed(STR("-0"), &value) && value == 0);
    CHECK(number_signed(STR("-12"), &value) && value == -12);
    CHECK(number_signed(STR("9223372036854775807"), &value) && value == INT64_MAX);
    CHECK(!number_signed(STR("9223372036854775808"), &value));
    CHECK(number_signed(STR("-9223372036854775808"), &value) && value == INT64_MIN);
    CHECK(!number_signed(STR("-9223372036854775809"), &value));
    CHECK(!number_signed(STR(""), &value));
    CHECK(!number_signed(STR("-"), &value));
    CHECK(!number_signed(STR("+-1"), &value));
    CHECK(!number_signed(STR("0x0"), &value));
}

int main(void)
{
    reads_unsigned_numbers();
    reads_signed_numbers();
    return 0;
}
