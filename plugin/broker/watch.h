#ifndef BROKER_WATCH_H
#define BROKER_WATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/loop.h"
#include "broker/watch_set.h"

/* Notices that the files of the policies may have changed, by inotify: written in place, replaced,
 * or reached by a symbolic link that leads elsewhere. What it cannot watch it says once, and goes
 * on with the rest. */

struct watch_plan {
    const char *policy;  /* directory; borrowed */
    const char *library; /* borrowed */
    uint64_t rest_us;    /* how long nothing more happens before changed; 0: watch nothing */
    void (*changed)(void *context);
    void *context;
};

struct watch {
    struct loop *loop; /* borrowed */
    struct watch_plan plan;
    struct watch_set set;
    struct loop_watch events; /* events.fd is owned */
    struct loop_delay begin;
    struct loop_delay rest;
    struct loop_timer timer;
    uint64_t since_us; /* of the first change that is not told yet */
    bool is_partial;
};

/* After the files are read for the first time. The watches are set a little later: that takes the
 * kernel ms, which nobody is to wait for. Then changed is called, for what happened in between. */
void watch_start(struct watch *watch, struct loop *loop, const struct watch_plan *plan);
/* Watch what is there now; before the files are read for another reason than changed. */
void watch_renew(struct watch *watch);
/* Takes a zeroed one too. */
void watch_done(struct watch *watch);

#endif
