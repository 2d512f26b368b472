#ifndef DOCKER_VIEW_SECURITY_H
#define DOCKER_VIEW_SECURITY_H

#include "docker/view_fields.h"

/* req.container.security of container.create. */
void view_security_create(struct view *view, const struct node *const host[HOST_FIELDS],
                          struct node *ret);
/* The same of a service's ContainerSpec.Privileges. */
void view_security_service(struct view *view, const struct node *privileges, struct node *ret);
/* The same of a build's securityopt parameters: a NODE_LIST of strings. */
void view_security_build(struct view *view, const struct node *options, struct node *ret);

#endif
