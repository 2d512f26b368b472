#ifndef BASE_DIGITS_H
#define BASE_DIGITS_H

#include <stddef.h>
#include <stdint.h>

/* Decimal numbers as text without a NUL, for where printf() would cost more than all the rest. */

enum { DIGITS_MAX = sizeof "18446744073709551615" - 1 };

/* The last count digits of number, with zeros before them where it has fewer. */
void digits_last(uint64_t number, char *ret, size_t count);
/* All of them, none too many. Returns how many. */
size_t digits_all(uint64_t number, char ret[static DIGITS_MAX]);

#endif
