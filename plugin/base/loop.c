#include "base/loop.h"

#include <errno.h>
#include <limits.h>
#include <stddef.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS_MAX = 32 }; /* of events, before timers have their turn all the same */

uint64_t loop_clock_us(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

int loop_init(struct loop *loop, struct err *err)
{
    int fd = epoll_create1(EPOLL_CLOEXEC);

    if (fd < 0)
        return err_set(err, ERR_SYSTEM, "cannot make an epoll set: %s", strerror(errno));
    *loop = (struct loop){.epoll_fd = fd, .signal_fd = -1, .now_us = loop_clock_us()};
    return 0;
}

void loop_done(struct loop *loop)
{
    if (loop->signal_fd >= 0)
        (void)close(loop->signal_fd);
    if (loop->epoll_fd >= 0)
        (void)close(loop->epoll_fd);
    loop->signal_fd = -1;
    loop->epoll_fd = -1;
}

int loop_watch(struct loop *loop, struct loop_watch *watch, uint32_t events, struct err *err)
{
    struct epoll_event event = {.events = events, .data.ptr = watch};

    if (epoll_ctl(loop->epoll_fd, EPOLL_CTL_ADD, watch->fd, &event) < 0)
        return err_set(err, ERR_SYSTEM, "cannot watch a descriptor: %s", strerror(errno));
    return 0;
}

void loop_rewatch(struct loop *loop, struct loop_watch *watch, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.ptr = watch};

    (void)epoll_ctl(loop->epoll_fd, EPOLL_CTL_MOD, watch->fd, &event);
}

void loop_unwatch(struct loop *loop, struct loop_watch *watch)
{
    (void)epoll_ctl(loop->epoll_fd, EPOLL_CTL_DEL, watch->fd, NULL);
    for (int i = loop->handled; i < loop->pending; i++) {
        if (loop->events[i].data.ptr == watch)
            loop->events[i].data.ptr = NULL;
    }
}

void loop_delay_init(struct loop *loop, struct loop_delay *delay, uint64_t us,
                     void (*due)(struct loop_delay *delay, struct loop_timer *timer))
{
    *delay = (struct loop_delay){.next = loop->delays, .us = us, .due = due};
    loop->delays = delay;
}

void loop_timer_start(struct loop *loop, struct loop_delay *delay, struct loop_timer *timer)
{
    loop_timer_stop(timer);
    *timer = (struct loop_timer){
        .prev = delay->last, .delay = delay, .due_us = loop->now_us + delay->us};
    if (delay->last)
        delay->last->next = timer;
    else
        delay->first = timer;
    delay->last = timer;
}

void loop_timer_stop(struct loop_timer *timer)
{
    struct loop_delay *delay = timer->delay;

    if (!delay)
        return;
    if (timer->prev)
        timer->prev->next = timer->next;
    else
        delay->first = timer->next;
    if (timer->next)
        timer->next->prev = timer->prev;
    else
        delay->last = timer->prev;
    *timer = (struct loop_timer){0};
}

static void read_signals(struct loop_watch *watch, uint32_t events)
{
    /* The watch is the loop's own member. */
    struct loop *loop = (struct loop *)((char *)watch - offsetof(struct loop, signals));
    struct signalfd_siginfo info;

    (void)events;
    while (read(loop->signal_fd, &info, sizeof info) == (ssize_t)sizeof info)
        loop->on_signal(loop->signal_context, (int)info.ssi_signo);
}

int loop_signals(struct loop *loop, const int *signals,
                 void (*on_signal)(void *context, int signal), void *context, struct err *err)
{
    sigset_t set;

    (void)sigemptyset(&set);
    for (; *signals; signals++)
        (void)sigaddset(&set, *signals);
    if (sigprocmask(SIG_BLOCK, &set, NULL) < 0)
        return err_set(err, ERR_SYSTEM, "cannot block signals: %s", strerror(errno));
    loop->signal_fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    if (loop->signal_fd < 0)
        return err_set(err, ERR_SYSTEM, "cannot read signals: %s", strerror(errno));
    loop->on_signal = on_signal;
    loop->signal_context = context;
    loop->signals = (struct loop_watch){.fd = loop->signal_fd, .ready = read_signals};
    return loop_watch(loop, &loop->signals, EPOLLIN, err);
}

/* ms until the first timer is due, rounded up; -1 when none runs. */
static int next_due_ms(const struct loop *loop)
{
    uint64_t due_us = UINT64_MAX;
    uint64_t now_us;
    uint64_t wait_ms;

    for (const struct loop_delay *delay = loop->delays; delay; delay = delay->next) {
        if (delay->first && delay->first->due_us < due_us)
            due_us = delay->first->due_us;
    }
    if (due_us == UINT64_MAX)
        return -1;
    now_us = loop_clock_us();
    if (due_us <= now_us)
        return 0;
    wait_ms = (due_us - now_us + 999) / 1000;
    return wait_ms < INT_MAX ? (int)wait_ms : INT_MAX;
}

static void run_timers(struct loop *loop)
{
    for (struct loop_delay *delay = loop->delays; delay; delay = delay->next) {
        while (delay->first && delay->first->due_us <= loop->now_us) {
            struct loop_timer *timer = delay->first;

            loop_timer_stop(timer);
            delay->due(delay, timer);
        }
    }
}

/* Returns how many events there were, or -1. */
static int handle_events(struct loop *loop, int wait_ms, struct err *err)
{
    int count = epoll_wait(loop->epoll_fd, loop->events, LOOP_EVENTS, wait_ms);

    loop->now_us = loop_clock_us();
    if (count < 0)
        return errno == EINTR
                   ? 0
                   : err_set(err, ERR_SYSTEM, "cannot wait for events: %s", strerror(errno));
    loop->handled = 0;
    loop->pending = count;
    while (loop->handled < loop->pending) {
        const struct epoll_event *event = &loop->events[loop->handled++];
        struct loop_watch *watch = event->data.ptr;

        if (watch)
            watch->ready(watch, event->events);
    }
    loop->pending = 0;
    return count;
}

/* Timers come after all events that are there: what has come in time is not too late because the
 * loop was held up. */
static int run_once(struct loop *loop, struct err *err)
{
    int hook_ms = loop->hook ? loop->hook->before_wait(loop->hook) : -1;
    int wait_ms = next_due_ms(loop);
    int count;

    if (loop->stopped) /* by the hook */
        return 0;
    if (hook_ms >= 0 && (wait_ms < 0 || hook_ms < wait_ms))
        wait_ms = hook_ms;
    count = handle_events(loop, wait_ms, err);
    for (int i = 1; count == LOOP_EVENTS && i < ROUNDS_MAX; i++)
        count = handle_events(loop, 0, err);
    if (count < 0)
        return -1;
    run_timers(loop);
    return 0;
}

int loop_run(struct loop *loop, struct err *err)
{
    while (!loop->stopped) {
        if (run_once(loop, err) < 0)
            return -1;
    }
    return 0;
}

void loop_stop(struct loop *loop)
{
    loop->stopped = true;
}
