#include "base/digits.h"

void digits_last(uint64_t number, char *ret, size_t count)
{
    while (count-- > 0) {
        ret[count] = (char)('0' + number % 10);
        number /= 10;
    }
}

size_t digits_all(uint64_t number, char ret[static DIGITS_MAX])
{
    size_t count = 1;

    for (uint64_t rest = number / 10; rest; rest /= 10)
        count++;
    digits_last(number, ret, count);
    return count;
}
