#ifndef DOCKER_DRIVER_NAME_H
#define DOCKER_DRIVER_NAME_H

#include "base/cleanup.h"
#include "docker/node.h"
#include "docker/refusal.h"
#include "docker/route.h"

/* Refuse names of drivers (of volumes, networks, addresses, logs, secrets) that are paths with
 * "..": the engine joins a name to the directory of its plugins' sockets, and asks whatever listens
 * where that leads.
 * Source: moby pkg/plugins/discovery.go, LocalRegistry.Plugin. Returns 0, or -1 with *refusal. */
MUST_CHECK int driver_name_check(enum action action, const struct node *body,
                                 struct refusal *refusal);

#endif
