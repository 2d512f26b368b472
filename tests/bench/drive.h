#ifndef BENCH_DRIVE_H
#define BENCH_DRIVE_H

#include <sys/types.h>

#include "connection.h"

struct drive_plan {
    int connections;
    double warm_up_seconds;
    double seconds;
    pid_t server; /* whose time is counted, with its descendants; 0 for none */
};

struct drive_result {
    double seconds;
    double server_cpu_seconds;
};

/* Keep every connection busy with one message at a time until the time is over. */
void drive_run(struct load *load, const struct drive_plan *plan, struct drive_result *ret);

/* Send each message once and print what the answer says. */
void drive_once(struct load *load);

#endif
