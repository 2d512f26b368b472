#include "base/digits.h"

#include "base/str.h"
#include "check.h"

static void all_are(uint64_t number, const char *text)
{
    char digits[DIGITS_MAX];
    size_t count = digits_all(number, digits);

    CHECK(str_eq((struct str){digits, count}, str_from(text)));
}

static void last_are(uint64_t number, const char *text)
{
    char digits[DIGITS_MAX];

    digits_last(number, digits, strlen(text));
    CHECK(str_eq((struct str){digits, strlen(text)}, str_from(text)));
}

int main(void)
{
    all_are(0, "0");
    all_are(9, "9");
    all_are(10, "10");
    all_are(UINT64_MAX, "18446744073709551615");
    last_are(7, "000007");
    last_are(999999, "999999");
    last_are(1000000, "000000");
    last_are(1, "");
    return 0;
}
