#include "broker/losses.h"

#include "check.h"

enum { START_US = 1000, GAP_US = LOSSES_SPAN_US / (LOSSES_LOUD - 1) };

static void so_many_within_the_span_are_told(void)
{
    struct losses losses = {0};

    for (uint64_t i = 0; i < LOSSES_LOUD - 1; i++)
        CHECK(losses_note(&losses, START_US + i) == 0);
    CHECK(losses_note(&losses, START_US + LOSSES_SPAN_US - 1) == LOSSES_LOUD);
}

static void as_many_over_a_longer_time_are_not(void)
{
    struct losses losses = {0};

    for (uint64_t i = 0; i < UINT64_C(10) * LOSSES_LOUD; i++)
        CHECK(losses_note(&losses, START_US + i * GAP_US) == 0);
}

static void it_is_told_again_once_a_span(void)
{
    struct losses losses = {0};
    const uint64_t told_us = START_US + LOSSES_LOUD;
    uint64_t lost = 0;

    for (uint64_t i = 1; i <= LOSSES_LOUD; i++)
        lost = losses_note(&losses, START_US + i);
    CHECK(lost == LOSSES_LOUD);
    for (uint64_t i = 0; i < LOSSES_LOUD; i++)
        CHECK(losses_note(&losses, told_us + LOSSES_SPAN_US - 1) == 0);
    CHECK(losses_note(&losses, told_us + LOSSES_SPAN_US) == LOSSES_LOUD + 1);
    CHECK(losses_note(&losses, told_us + LOSSES_SPAN_US) == 0);
}

int main(void)
{
    so_many_within_the_span_are_told();
    as_many_over_a_longer_time_are_not();
    it_is_told_again_once_a_span();
    return 0;
}
