#include "bench/histogram.h"

#include "check.h"

static struct histogram histogram;

static void knows_its_ends(void)
{
    CHECK(histogram_part(&histogram, 0.5) == 0);
    histogram_add(&histogram, 7);
    CHECK(histogram_part(&histogram, 0) == 7);
    CHECK(histogram_part(&histogram, 1) == 7);
    histogram_add(&histogram, UINT64_MAX);
    CHECK(histogram_part(&histogram, 0.5) == 7);
    CHECK(histogram_part(&histogram, 1) == UINT64_MAX);
    CHECK(histogram.min == 7 && histogram.max == UINT64_MAX && histogram.count == 2);
}

/* The numbers 1 to 100,000: each percentile is known. */
static void is_at_most_one_percent_too_high(void)
{
    enum { LAST = 100000 };

    memset(&histogram, 0, sizeof histogram);
    for (uint64_t value = LAST; value >= 1; value--)
        histogram_add(&histogram, value);
    for (int percent = 1; percent <= 100; percent++) {
        uint64_t want = (uint64_t)percent * LAST / 100;
        uint64_t got = histogram_part(&histogram, percent / 100.0);

        CHECK(got >= want && got <= want + want / 100);
    }
    CHECK(histogram.sum == (uint64_t)LAST * (LAST + 1) / 2);
}

int main(void)
{
    knows_its_ends();
    is_at_most_one_percent_too_high();
    return 0;
}
