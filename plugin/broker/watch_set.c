#include "broker/watch_set.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/snapshot.h"

enum {
    LINKS_MAX = 40, /* in one path, as the kernel has it: path_resolution(7) */
    ALL_NAMES = 0,
    SIZE_MIN = 64,
    /* One mask for all: a second one on a directory would replace the first. A file that is being
     * written counts when it is closed: half a file might be a set too. */
    MASK = IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE | IN_ATTRIB |
           IN_DELETE_SELF | IN_ONLYDIR,
};

/* A set in the making. */
struct making {
    struct watch_set set;
    int fd;
    struct err *err; /* the first error */
    bool failed;
};

/* A path that is followed part by part. */
struct walk {
    char at[PATH_MAX];   /* physical, as far as it was followed; "" is the root */
    char rest[PATH_MAX]; /* what is left to follow */
    int links;
};

void watch_set_done(struct watch_set *set)
{
    free(set->items);
    *set = (struct watch_set){0};
}

/* FNV-1a, never 0. */
static uint32_t hash_name(const char *name)
{
    uint32_t hash = 2166136261U;

    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 16777619U;
    return hash ? hash : 1;
}

static void fail(struct making *making, const char *path, int error)
{
    if (making->failed || error == ENOENT || error == ENOTDIR)
        return;
    making->failed = true;
    /* inotify's own words for it are about disks: inotify_add_watch(2). */
    err_set(making->err, error == ENOMEM ? ERR_NOMEM : ERR_SYSTEM, "%.300s: %s", path,
            error == ENOSPC ? "the system's limit fs.inotify.max_user_watches is reached"
                            : strerror(error));
}

static bool make_room(struct watch_set *set)
{
    size_t size = set->size ? 2 * set->size : SIZE_MIN;
    struct watch_item *items;

    if (set->count < set->size)
        return true;
    items = realloc(set->items, size * sizeof *items);
    if (!items)
        return false;
    set->items = items;
    set->size = size;
    return true;
}

static void add(struct making *making, const char *directory, uint32_t name)
{
    struct watch_set *set = &making->set;
    int wd = inotify_add_watch(making->fd, directory, MASK);

    if (wd < 0)
        fail(making, directory, errno);
    else if (!make_room(set))
        fail(making, directory, ENOMEM);
    else
        set->items[set->count++] = (struct watch_item){wd, name};
}

/* Take the next part off walk->rest. Returns it, or NULL at the end. */
static char *next_part(struct walk *walk, char part[NAME_MAX + 1])
{
    const char *start = walk->rest + strspn(walk->rest, "/");
    size_t length = strcspn(start, "/");

    if (length == 0 || length > NAME_MAX)
        return NULL;
    memcpy(part, start, length);
    part[length] = '\0';
    memmove(walk->rest, start + length, strlen(start + length) + 1);
    return part;
}

static bool push(char *path, const char *part)
{
    size_t length = strlen(path);
    int more = snprintf(path + length, PATH_MAX - length, "/%s", part);

    return more > 0 && (size_t)more < PATH_MAX - length;
}

static void pop(char *path)
{
    char *slash = strrchr(path, '/');

    if (slash)
        *slash = '\0';
}

/* What walk->at leads to, if it is a link, goes before the rest. */
static bool follow_link(struct walk *walk)
{
    char target[2 * PATH_MAX];
    ssize_t length = readlink(walk->at, target, PATH_MAX - 1);

    if (length < 0)
        return errno == EINVAL; /* it is none */
    target[length] = '\0';
    if (++walk->links > LINKS_MAX || strlen(walk->rest) + (size_t)length >= sizeof walk->rest)
        return false;
    (void)snprintf(target + length, sizeof target - (size_t)length, "%s", walk->rest);
    memcpy(walk->rest, target, strlen(target) + 1);
    if (target[0] == '/')
        walk->at[0] = '\0';
    else
        pop(walk->at);
    return true;
}

/* Watch each part of path where it stands: if one is replaced, or comes into being, path leads
 * elsewhere. */
static void trace(struct making *making, const char *path)
{
    struct walk walk = {0};
    char name[NAME_MAX + 1];

    if (strlen(path) >= sizeof walk.rest || (path[0] != '/' && !getcwd(walk.at, sizeof walk.at)))
        return;
    memcpy(walk.rest, path, strlen(path) + 1);
    while (next_part(&walk, name)) {
        if (strcmp(name, "..") == 0)
            pop(walk.at);
        if (strcmp(name, "..") == 0 || strcmp(name, ".") == 0)
            continue;
        add(making, walk.at[0] ? walk.at : "/", hash_name(name));
        if (!push(walk.at, name) || !follow_link(&walk))
            return;
    }
}

static void visit(void *context, const char *path, const struct stat *status)
{
    struct making *making = context;
    struct stat link;

    if (lstat(path, &link) == 0 && S_ISLNK(link.st_mode))
        trace(making, path);
    if (S_ISDIR(status->st_mode))
        add(making, path, ALL_NAMES);
}

static int compare(const void *a, const void *b)
{
    const struct watch_item *one = a;
    const struct watch_item *other = b;

    if (one->wd != other->wd)
        return one->wd < other->wd ? -1 : 1;
    return one->name == other->name ? 0 : one->name < other->name ? -1 : 1;
}

static void tidy(struct watch_set *set)
{
    size_t kept = 0;

    if (set->count)
        qsort(set->items, set->count, sizeof *set->items, compare);
    for (size_t i = 0; i < set->count; i++) {
        if (kept == 0 || compare(&set->items[kept - 1], &set->items[i]) != 0)
            set->items[kept++] = set->items[i];
    }
    set->count = kept;
}

/* The first item of that directory, or of the next one. */
static size_t find(const struct watch_set *set, int wd)
{
    size_t low = 0;
    size_t high = set->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (set->items[middle].wd < wd)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool has_directory(const struct watch_set *set, int wd)
{
    size_t at = find(set, wd);

    return at < set->count && set->items[at].wd == wd;
}

static void forget_others(const struct watch_set *old, const struct watch_set *set, int fd)
{
    for (size_t i = 0; i < old->count; i++) {
        /* Of a directory that is gone the kernel has forgotten it: that is no matter. */
        if ((i == 0 || old->items[i - 1].wd != old->items[i].wd) &&
            !has_directory(set, old->items[i].wd))
            (void)inotify_rm_watch(fd, old->items[i].wd);
    }
}

int watch_set_renew(struct watch_set *set, int fd, const char *policy, const char *library,
                    struct err *err)
{
    struct making making = {.fd = fd, .err = err};

    trace(&making, policy);
    trace(&making, library);
    snapshot_visit(policy, library, visit, &making);
    tidy(&making.set);
    forget_others(set, &making.set, fd);
    watch_set_done(set);
    *set = making.set;
    return making.failed ? -1 : 0;
}

bool watch_set_has(const struct watch_set *set, const struct inotify_event *event)
{
    size_t at = find(set, event->wd);
    uint32_t name = event->len ? hash_name(event->name) : ALL_NAMES;

    for (; at < set->count && set->items[at].wd == event->wd; at++) {
        if (set->items[at].name == ALL_NAMES || set->items[at].name == name)
            return true;
    }
    return false;
}
