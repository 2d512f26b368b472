#ifndef DOCKER_VIEW_MOUNTS_H
#define DOCKER_VIEW_MOUNTS_H

#include "docker/view_fields.h"

/* req.mounts: every way in which a request brings files into a container, as one list. */
void view_mounts_create(struct view *view, const struct node *const config[CONFIG_FIELDS],
                        const struct node *const host[HOST_FIELDS], struct node *ret);
void view_mounts_service(struct view *view, const struct node *const spec[SPEC_FIELDS],
                         struct node *ret);
/* driver: empty means local. */
void view_mounts_volume(struct view *view, struct str name, struct str driver,
                        const struct node *options, struct node *ret);
/* A directory of the host that checkpoints are written to or read from; none when dir is empty. */
void view_mounts_checkpoint(struct view *view, struct str dir, struct str via, struct node *ret);
/* The same for a start, whose parameter `checkpoint` may itself be a path ("../../etc"). */
void view_mounts_restore(struct view *view, struct node *ret);

#endif
