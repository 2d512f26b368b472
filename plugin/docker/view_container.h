#ifndef DOCKER_VIEW_CONTAINER_H
#define DOCKER_VIEW_CONTAINER_H

#include "docker/view_builder.h"

/* What the request says of the containers that come of it: one shape for container.create and for
 * a service. All three are left alone where the request holds no container. */
struct view_container {
    struct node container; /* req.container */
    struct node mounts;    /* req.mounts */
    struct node image;     /* req.image */
};

void view_container_create(struct view *view, struct view_container *ret);
void view_container_service(struct view *view, struct view_container *ret);

#endif
