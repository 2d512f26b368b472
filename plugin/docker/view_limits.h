#ifndef DOCKER_VIEW_LIMITS_H
#define DOCKER_VIEW_LIMITS_H

#include "docker/view_fields.h"

/* {cpu_shares, cpus, cpuset, memory, ...}: what a container may use at most. nil is "no limit":
 * absent, 0, -1 and null alike. */
void view_limits_create(struct view *view, const struct node *const host[HOST_FIELDS],
                        struct node *ret);
/* The same of a service: resources is TaskTemplate.Resources. */
void view_limits_service(struct view *view, const struct node *const spec[SPEC_FIELDS],
                         const struct node *resources, struct node *ret);

/* Of a build: numbers as they stand in the query, 0 where they do not. */
struct view_limits_build {
    int64_t cpu_shares, cpu_period, cpu_quota, memory, swap, shm;
    struct str cpuset;
    const struct node *ulimits;
};

void view_limits_build(struct view *view, const struct view_limits_build *build, struct node *ret);

/* {name, max}: RestartPolicy of a container or of an update; nil when there is none. */
void view_limits_restart(struct view *view, const struct node *policy, struct node *ret);

/* req.update, from its body: the keys that container.update has. */
void view_limits_update(struct view *view, const struct node *body, struct node *ret);

#endif
