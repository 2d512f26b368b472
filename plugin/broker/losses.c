#include "broker/losses.h"

uint64_t losses_note(struct losses *losses, uint64_t now_us)
{
    uint64_t lost;

    losses->at_us[losses->next] = now_us;
    losses->next = (losses->next + 1) % LOSSES_LOUD;
    losses->total++;
    /* Now the next one is the oldest: the LOSSES_LOUD-th from the end. */
    if (losses->total < LOSSES_LOUD || now_us - losses->at_us[losses->next] >= LOSSES_SPAN_US)
        return 0;
    if (losses->told_us && now_us - losses->told_us < LOSSES_SPAN_US)
        return 0;
    lost = losses->total - losses->told_total;
    losses->told_total = losses->total;
    losses->told_us = now_us;
    return lost;
}
