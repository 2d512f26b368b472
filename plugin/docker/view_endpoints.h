#ifndef DOCKER_VIEW_ENDPOINTS_H
#define DOCKER_VIEW_ENDPOINTS_H

#include "docker/view_builder.h"

/* {aliases, driver_options, ipv4, ipv6, kind, links, mac, raw, ref, via}: a container's place in
 * the network called `name`. settings: network.EndpointSettings, or NULL. */
void view_endpoints_one(struct view *view, struct str name, const struct node *settings,
                        struct str via, struct node *ret);

/* A map of them by network, from NetworkingConfig.EndpointsConfig. */
void view_endpoints_create(struct view *view, const struct node *networking, struct node *ret);

/* The same of a service: networks is a list of NetworkAttachmentConfig at `via`. */
void view_endpoints_service(struct view *view, const struct node *task_networks,
                            const struct node *service_networks, struct node *ret);

#endif
