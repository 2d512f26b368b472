#ifndef BROKER_OVERVIEW_H
#define BROKER_OVERVIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/settings.h"
#include "broker/audit.h"
#include "broker/dispatch.h"
#include "broker/http.h"
#include "broker/metrics.h"

/* The parts of the daemon that those look at who tell about it. All borrowed. */
struct overview {
    const struct settings *settings;
    const struct metrics *metrics;
    const struct dispatch *dispatch;
    const struct http *http;
    struct audit *audit;
    time_t started_s;
    uint64_t started_us; /* of loop_clock_us() */
    bool stopping;
};

struct overview_workers {
    size_t idle;
    size_t busy;
    size_t starting;
};

/* Of all generations. */
struct overview_workers overview_workers(const struct overview *overview);
/* The generation that decides, or NULL. */
const struct generation *overview_current(const struct overview *overview);
/* "serving", "broken" or "loading", while there is none yet. */
const char *overview_state(const struct overview *overview);
uint64_t overview_uptime_s(const struct overview *overview);

/* NULL when calls are decided by a good set of policies and recorded, or what is amiss. Looks after
 * the trail as a decision does. */
const char *overview_amiss(const struct overview *overview);

#endif
