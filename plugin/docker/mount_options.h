#ifndef DOCKER_MOUNT_OPTIONS_H
#define DOCKER_MOUNT_OPTIONS_H

#include <stdbool.h>

#include "base/str.h"

/* What the options of a mount (the local volume driver's `o`, a Tmpfs entry) say of it. Words are
 * exact, as the engine's are: anything else is data for the file system.
 * Source: moby/sys/mount, parseOptions. */
struct mount_options {
    bool takes_path; /* bind, rbind, move or remount: the device is a path, whatever the type */
    bool readonly;
    struct str propagation; /* "rshared", ...; the last one; empty when not said */
    struct str size;        /* of size=...; empty when not said */
};

struct mount_options mount_options_parse(struct str text);

/* nfs, nfs4, cifs, smb3, ceph, glusterfs: the device is a name on the network. */
bool mount_options_is_network_type(struct str type);

#endif
