#ifndef BASE_LOOP_H
#define BASE_LOOP_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/epoll.h>

#include "base/cleanup.h"
#include "base/err.h"

/* One thread's epoll loop: descriptors, timers, signals. Whoever waits embeds a watch or a timer in
 * his own struct and gets its address back; nothing is allocated. */

struct loop_watch {
    int fd; /* borrowed */
    void (*ready)(struct loop_watch *watch, uint32_t events);
};

/* Timers of one delay are due in the order in which they started, so starting and stopping one
 * costs a few pointers, and the loop looks at the first of each delay only. */
struct loop_timer {
    struct loop_timer *next;
    struct loop_timer *prev;
    struct loop_delay *delay; /* NULL: not running */
    uint64_t due_us;
};

struct loop_delay {
    struct loop_delay *next;
    struct loop_timer *first;
    struct loop_timer *last;
    uint64_t us;
    /* The timer has stopped by then. */
    void (*due)(struct loop_delay *delay, struct loop_timer *timer);
};

/* Called before each wait; returns the longest wait it can bear in ms, or -1 for any. */
struct loop_hook {
    int (*before_wait)(struct loop_hook *hook);
};

enum { LOOP_EVENTS = 64 };

struct loop {
    int epoll_fd;  /* owned */
    int signal_fd; /* owned, or -1 */
    bool stopped;
    uint64_t now_us; /* when the last wait ended */
    struct loop_delay *delays;
    struct loop_hook *hook; /* borrowed, may be NULL */
    struct loop_watch signals;
    void (*on_signal)(void *context, int signal);
    void *signal_context;
    struct epoll_event events[LOOP_EVENTS];
    int pending; /* events of the last wait that are not handled yet: events[handled..pending) */
    int handled;
};

/* Monotonic clock, in µs. */
uint64_t loop_clock_us(void);

MUST_CHECK int loop_init(struct loop *loop, struct err *err);
void loop_done(struct loop *loop);

/* events are EPOLLIN, EPOLLOUT; level-triggered. Errors: ERR_SYSTEM. */
MUST_CHECK int loop_watch(struct loop *loop, struct loop_watch *watch, uint32_t events,
                          struct err *err);
/* Wait for other events from now on. Cannot fail for a watched descriptor. */
void loop_rewatch(struct loop *loop, struct loop_watch *watch, uint32_t events);
/* Forget it, also in the midst of a round; before the descriptor is closed. */
void loop_unwatch(struct loop *loop, struct loop_watch *watch);

/* delay lives as long as the loop. */
void loop_delay_init(struct loop *loop, struct loop_delay *delay, uint64_t us,
                     void (*due)(struct loop_delay *delay, struct loop_timer *timer));
/* Start timer, or start it anew. A zeroed timer is one that does not run. */
void loop_timer_start(struct loop *loop, struct loop_delay *delay, struct loop_timer *timer);
void loop_timer_stop(struct loop_timer *timer);

/* Block these signals (0-terminated list) and hand them to on_signal instead. Once. */
MUST_CHECK int loop_signals(struct loop *loop, const int *signals,
                            void (*on_signal)(void *context, int signal), void *context,
                            struct err *err);

/* Run until loop_stop(). Errors: ERR_SYSTEM. */
MUST_CHECK int loop_run(struct loop *loop, struct err *err);
void loop_stop(struct loop *loop);

#endif
