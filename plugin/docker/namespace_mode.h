#ifndef DOCKER_NAMESPACE_MODE_H
#define DOCKER_NAMESPACE_MODE_H

#include "base/str.h"

enum namespace_kind {
    NAMESPACE_DEFAULT, /* nothing said, or the word "default" */
    NAMESPACE_HOST,
    NAMESPACE_CONTAINER, /* another container's */
    NAMESPACE_PRIVATE,
    NAMESPACE_SHAREABLE,
    NAMESPACE_NONE,
    NAMESPACE_BRIDGE, /* the engine's own bridge network */
    NAMESPACE_NAMED,  /* a network of that name or id */
    NAMESPACE_ODD,    /* a word that is not one of the engine's, or one in an odd spelling */
};

enum namespace_of {
    NAMESPACE_OF_NETWORK,
    NAMESPACE_OF_PID,
    NAMESPACE_OF_IPC,
    NAMESPACE_OF_UTS,
    NAMESPACE_OF_USER,
    NAMESPACE_OF_CGROUP,
    NAMESPACE_OF_CGROUP_CONTAINER, /* HostConfig.Cgroup */
};

struct namespace_mode {
    enum namespace_kind kind;
    struct str ref; /* the container of "container:x", or the network's name; else empty */
};

/* HostConfig.PidMode and its like. The engine knows exact words only; engines before 23 take any
 * other word as "private" and later ones refuse it, so "HOST", " host " and "Container:x" are odd.
 * A network may have any name but a word that only looks like "host", "none", "bridge",
 * "default" or "container:...". Source: moby api/types/container/hostconfig.go. */
struct namespace_mode namespace_mode_parse(enum namespace_of of, struct str text);

/* "host", "container", ... */
struct str namespace_mode_name(enum namespace_kind kind);

#endif
