#ifndef BROKER_WATCH_SET_H
#define BROKER_WATCH_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/inotify.h>

#include "base/cleanup.h"
#include "base/err.h"

/* The directories whose changes can change a policy set: those that it is read from, and those that
 * any part of their paths stands in, through all symbolic links. */

/* One name in one directory, or all of them. */
struct watch_item {
    int wd;
    uint32_t name; /* hash of it: a wrong hit only costs a look at the files; 0: all names */
};

struct watch_set {
    struct watch_item *items; /* owned; sorted, no two the same */
    size_t count;
    size_t size;
};

void watch_set_done(struct watch_set *set);

/* Watch by this inotify descriptor what is there now, and nothing else. On an error all that could
 * be watched is; err says what could not be first. Errors: ERR_SYSTEM, ERR_NOMEM. */
MUST_CHECK int watch_set_renew(struct watch_set *set, int fd, const char *policy,
                               const char *library, struct err *err);

/* Whether the event is about something in the set. */
bool watch_set_has(const struct watch_set *set, const struct inotify_event *event);

#endif
