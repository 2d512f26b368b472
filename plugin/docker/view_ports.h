#ifndef DOCKER_VIEW_PORTS_H
#define DOCKER_VIEW_PORTS_H

#include "docker/view_builder.h"

/* A list of {address, any_address, container, container_to, from, mode, proto, to, valid, via} from
 * HostConfig.PortBindings. */
void view_ports_create(struct view *view, const struct node *bindings, struct node *ret);
/* The same from a service's EndpointSpec.Ports. */
void view_ports_service(struct view *view, const struct node *ports, struct node *ret);

#endif
