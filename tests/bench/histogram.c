#include "histogram.h"

#include <stddef.h>

enum { STEPS = 1 << HISTOGRAM_STEP_BITS };

static size_t bucket_of(uint64_t value)
{
    size_t shift;

    if (value < STEPS)
        return value;
    shift = 63U - (size_t)__builtin_clzll(value) - HISTOGRAM_STEP_BITS;
    return (shift + 1) * STEPS + (size_t)((value >> shift) - STEPS);
}

/* The highest value that falls into it. */
static uint64_t bucket_top(size_t bucket)
{
    if (bucket < STEPS)
        return bucket;
    return ((uint64_t)(STEPS + bucket % STEPS + 1) << (bucket / STEPS - 1)) - 1;
}

void histogram_add(struct histogram *histogram, uint64_t value)
{
    histogram->buckets[bucket_of(value)]++;
    if (histogram->count == 0 || value < histogram->min)
        histogram->min = value;
    if (value > histogram->max)
        histogram->max = value;
    histogram->count++;
    histogram->sum += value;
}

uint64_t histogram_part(const struct histogram *histogram, double part)
{
    uint64_t wanted = (uint64_t)((double)histogram->count * part + 0.5);
    uint64_t seen = 0;

    for (size_t i = 0; i < HISTOGRAM_BUCKETS; i++) {
        seen += histogram->buckets[i];
        if (seen > 0 && seen >= wanted)
            return bucket_top(i) < histogram->max ? bucket_top(i) : histogram->max;
    }
    return histogram->max;
}
