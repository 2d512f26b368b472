#ifndef DOCKER_VIEW_NAMESPACES_H
#define DOCKER_VIEW_NAMESPACES_H

#include "docker/namespace_mode.h"
#include "docker/view_fields.h"

/* {kind, raw, ref, via}: one namespace, as `text` at `via` asks for it. */
void view_namespaces_one(struct view *view, enum namespace_of of, struct str text, struct str via,
                         struct node *ret);

/* req.container.namespaces. host: HostConfig, or NULL where there is none (services). */
void view_namespaces(struct view *view, const struct node *const host[HOST_FIELDS],
                     struct node *ret);

#endif
