#include "base/loop.h"

#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "check.h"

static char trail[64];

static void note(char c)
{
    size_t len = strlen(trail);

    trail[len] = c;
    trail[len + 1] = '\0';
}

static struct loop loop;

static void stop_at(struct loop_delay *delay, struct loop_timer *timer)
{
    (void)delay;
    (void)timer;
    note('s');
    loop_stop(&loop);
}

static void fast_due(struct loop_delay *delay, struct loop_timer *timer)
{
    CHECK(delay->us == 5000);
    CHECK(!timer->delay);
    note('f');
}

static void runs_timers_in_order_and_not_the_stopped(void)
{
    struct loop_delay fast;
    struct loop_delay slow;
    struct loop_timer timers[4] = {0};
    struct err err;
    uint64_t start_us = loop_clock_us();

    trail[0] = '\0';
    CHECK(loop_init(&loop, &err) == 0);
    loop_delay_init(&loop, &slow, 20000, stop_at);
    loop_delay_init(&loop, &fast, 5000, fast_due);
    loop_timer_start(&loop, &slow, &timers[3]);
    for (int i = 0; i < 3; i++)
        loop_timer_start(&loop, &fast, &timers[i]);
    loop_timer_stop(&timers[1]);
    loop_timer_stop(&timers[1]);
    loop_timer_start(&loop, &fast, &timers[0]); /* anew: no second run */
    CHECK(loop_run(&loop, &err) == 0);
    CHECK(strcmp(trail, "ffs") == 0);
    CHECK(loop_clock_us() - start_us >= 20000);
    loop_done(&loop);
}

struct end {
    struct loop_watch watch;
    struct end *other;
    int peer; /* writing end */
};

/* Both are ready in one round; the first to run takes the other away. */
static void take_other_away(struct loop_watch *watch, uint32_t events)
{
    const struct end *end = (const struct end *)((char *)watch - offsetof(struct end, watch));

    CHECK(events & EPOLLIN);
    note('r');
    loop_unwatch(&loop, &end->other->watch);
    loop_unwatch(&loop, watch);
    loop_stop(&loop);
}

static void forgets_a_watch_in_the_midst_of_a_round(void)
{
    struct end ends[2];
    struct err err;

    trail[0] = '\0';
    CHECK(loop_init(&loop, &err) == 0);
    for (int i = 0; i < 2; i++) {
        int fds[2];

        CHECK(pipe(fds) == 0);
        ends[i] = (struct end){{fds[0], take_other_away}, &ends[1 - i], fds[1]};
        CHECK(write(fds[1], "x", 1) == 1);
        CHECK(loop_watch(&loop, &ends[i].watch, EPOLLIN, &err) == 0);
    }
    CHECK(loop_run(&loop, &err) == 0);
    CHECK(strcmp(trail, "r") == 0);
    for (int i = 0; i < 2; i++) {
        (void)close(ends[i].watch.fd);
        (void)close(ends[i].peer);
    }
    loop_done(&loop);
}

enum { MANY = LOOP_EVENTS + 2 }; /* more than one wait tells of */

static int handled;

static void count_once(struct loop_watch *watch, uint32_t events)
{
    CHECK(events & EPOLLIN);
    handled++;
    loop_unwatch(&loop, watch);
}

static void stop_after_all(struct loop_delay *delay, struct loop_timer *timer)
{
    (void)delay;
    (void)timer;
    CHECK(handled == MANY);
    loop_stop(&loop);
}

static void has_no_timer_before_what_has_come(void)
{
    struct loop_watch watches[MANY];
    struct loop_delay delay;
    struct loop_timer timer = {0};
    struct err err;

    CHECK(loop_init(&loop, &err) == 0);
    for (int i = 0; i < MANY; i++) {
        watches[i] = (struct loop_watch){eventfd(1, EFD_CLOEXEC), count_once};
        CHECK(loop_watch(&loop, &watches[i], EPOLLIN, &err) == 0);
    }
    loop_delay_init(&loop, &delay, 0, stop_after_all);
    loop_timer_start(&loop, &delay, &timer);
    CHECK(loop_run(&loop, &err) == 0);
    for (int i = 0; i < MANY; i++)
        (void)close(watches[i].fd);
    loop_done(&loop);
}

static void on_signal(void *context, int signal)
{
    CHECK(context == trail);
    note(signal == SIGHUP ? 'h' : 't');
    if (signal == SIGTERM)
        loop_stop(&loop);
}

static void hands_over_signals(void)
{
    struct err err;

    trail[0] = '\0';
    CHECK(loop_init(&loop, &err) == 0);
    CHECK(loop_signals(&loop, (const int[]){SIGHUP, SIGTERM, 0}, on_signal, trail, &err) == 0);
    CHECK(raise(SIGHUP) == 0);
    CHECK(raise(SIGTERM) == 0);
    CHECK(loop_run(&loop, &err) == 0);
    CHECK(strcmp(trail, "ht") == 0);
    loop_done(&loop);
}

static int stop_before_wait(struct loop_hook *hook)
{
    (void)hook;
    note('b');
    loop_stop(&loop);
    return -1;
}

static void asks_the_hook_before_it_waits(void)
{
    struct loop_hook hook = {stop_before_wait};
    struct err err;

    trail[0] = '\0';
    CHECK(loop_init(&loop, &err) == 0);
    loop.hook = &hook;
    CHECK(loop_run(&loop, &err) == 0);
    CHECK(strcmp(trail, "b") == 0);
    loop_done(&loop);
}

static void says_what_it_cannot_watch(void)
{
    struct loop_watch watch = {.fd = -1};
    struct err err = {0};

    CHECK(loop_init(&loop, &err) == 0);
    CHECK(loop_watch(&loop, &watch, EPOLLIN, &err) == -1);
    CHECK(err.code == ERR_SYSTEM);
    loop_done(&loop);
}

int main(void)
{
    runs_timers_in_order_and_not_the_stopped();
    forgets_a_watch_in_the_midst_of_a_round();
    has_no_timer_before_what_has_come();
    hands_over_signals();
    asks_the_hook_before_it_waits();
    says_what_it_cannot_watch();
    return 0;
}
