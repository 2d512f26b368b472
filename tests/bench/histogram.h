#ifndef BENCH_HISTOGRAM_H
#define BENCH_HISTOGRAM_H

#include <stdint.h>

/* 128 steps in every power of two: a percentile is at most 1 % too high. */
enum { HISTOGRAM_STEP_BITS = 7, HISTOGRAM_BUCKETS = (64 - HISTOGRAM_STEP_BITS + 1) * 128 };

/* Counts of values of any size. Starts zeroed. */
struct histogram {
    uint64_t count;
    uint64_t sum;
    uint64_t min;
    uint64_t max;
    uint64_t buckets[HISTOGRAM_BUCKETS];
};

void histogram_add(struct histogram *histogram, uint64_t value);
/* The value that a part of all (0.99 for the 99th percentile) does not exceed; 0 when empty. */
uint64_t histogram_part(const struct histogram *histogram, double part);

#endif
