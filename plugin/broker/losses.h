#ifndef BROKER_LOSSES_H
#define BROKER_LOSSES_H

#include <stddef.h>
#include <stdint.h>

/* When workers were lost: so many within a minute are worth a loud word. A zeroed one has seen
 * none. */

enum { LOSSES_LOUD = 5, LOSSES_SPAN_US = 60 * 1000 * 1000 };

struct losses {
    uint64_t at_us[LOSSES_LOUD]; /* of the latest ones, in a ring */
    size_t next;                 /* the oldest of them, once there are as many */
    uint64_t total;
    uint64_t told_total; /* total when it was last told of */
    uint64_t told_us;
};

/* One more, at now_us (monotonic, never 0). Returns how many there were since it was last told of
 * if that is due now, at most once a span; else 0. */
uint64_t losses_note(struct losses *losses, uint64_t now_us);

#endif
