#include "broker/watch.h"

#include <errno.h>
#include <stdalign.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/log.h"

enum {
    READ_BYTES = 16 * 1024, /* many events; one takes at most 16 + NAME_MAX + 1 */
    RESTS_MAX = 10,         /* someone who never stops writing is not waited for longer */
    BEGIN_US = 10 * 1000,   /* by then the engine is answered, and workers have loaded */
};

/* Say it once, until all is well again. */
static void partial(struct watch *watch, const char *why)
{
    if (!watch->is_partial)
        log_event(LOG_LEVEL_WARN, "watch.partial", LOG_TEXT("why", why),
                  LOG_TEXT("so", "some changes of policies take a SIGHUP to be seen"));
    watch->is_partial = true;
}

static void notice(struct watch *watch)
{
    uint64_t now_us = watch->loop->now_us;

    if (!watch->timer.delay)
        watch->since_us = now_us;
    else if (now_us - watch->since_us >= (RESTS_MAX - 1) * watch->plan.rest_us)
        return;
    loop_timer_start(watch->loop, &watch->rest, &watch->timer);
}

static void on_rest(struct loop_delay *delay, struct loop_timer *timer)
{
    struct watch *watch = (struct watch *)((char *)timer - offsetof(struct watch, timer));

    (void)delay;
    watch_renew(watch);
    watch->plan.changed(watch->plan.context);
}

/* A queue that ran over has lost events: there is something to notice. */
static bool is_ours(const struct watch *watch, const struct inotify_event *event)
{
    return event->mask & IN_Q_OVERFLOW || watch_set_has(&watch->set, event);
}

static bool is_new_directory(const struct inotify_event *event)
{
    return event->mask & IN_ISDIR && event->mask & (IN_CREATE | IN_MOVED_TO);
}

static void on_events(struct loop_watch *events, uint32_t mask)
{
    struct watch *watch = (struct watch *)((char *)events - offsetof(struct watch, events));
    alignas(struct inotify_event) char bytes[READ_BYTES];
    ssize_t n = read(events->fd, bytes, sizeof bytes);
    bool noticed = false;
    bool grown = false;

    (void)mask;
    for (ssize_t at = 0; at < n;) {
        const struct inotify_event *event = (const void *)(bytes + at);

        at += (ssize_t)(sizeof *event + event->len);
        if (is_ours(watch, event)) {
            noticed = true;
            grown = grown || is_new_directory(event);
        }
    }
    if (grown) /* what happens in it belongs to the same change */
        watch_renew(watch);
    if (noticed)
        notice(watch);
}

static int open_queue(struct watch *watch, struct err *err)
{
    watch->events.fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (watch->events.fd < 0)
        return err_set(err, ERR_SYSTEM, "cannot watch files: %s",
                       errno == EMFILE ? "the limit of open files, or the system's limit "
                                         "fs.inotify.max_user_instances, is reached"
                                       : strerror(errno));
    if (loop_watch(watch->loop, &watch->events, EPOLLIN, err) == 0)
        return 0;
    fd_close(&watch->events.fd);
    return -1;
}

void watch_start(struct watch *watch, struct loop *loop, const struct watch_plan *plan)
{
    *watch = (struct watch){.loop = loop, .plan = *plan, .events = {-1, on_events}};
    loop_delay_init(loop, &watch->begin, BEGIN_US, on_rest);
    loop_delay_init(loop, &watch->rest, plan->rest_us, on_rest);
    if (plan->rest_us)
        loop_timer_start(loop, &watch->begin, &watch->timer);
}

void watch_renew(struct watch *watch)
{
    struct err err;

    if (!watch->plan.rest_us)
        return;
    if ((watch->events.fd < 0 && open_queue(watch, &err) < 0) ||
        watch_set_renew(&watch->set, watch->events.fd, watch->plan.policy, watch->plan.library,
                        &err) < 0)
        partial(watch, err.msg);
    else
        watch->is_partial = false;
}

void watch_done(struct watch *watch)
{
    if (!watch->loop)
        return;
    loop_timer_stop(&watch->timer);
    if (watch->events.fd >= 0)
        loop_unwatch(watch->loop, &watch->events);
    fd_close(&watch->events.fd);
    watch_set_done(&watch->set);
}
