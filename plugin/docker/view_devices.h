#ifndef DOCKER_VIEW_DEVICES_H
#define DOCKER_VIEW_DEVICES_H

#include "docker/view_builder.h"

/* A list of {container_path, directory, path, permissions, raw, relative, via}. base: where the
 * list stands, "HostConfig.Devices". */
void view_devices(struct view *view, const struct node *devices, struct str base, struct node *ret);

/* A list of {capabilities, cdi, count, driver, gpu, ids, options, via}. */
void view_devices_requests(struct view *view, const struct node *requests, struct str base,
                           struct node *ret);

#endif
