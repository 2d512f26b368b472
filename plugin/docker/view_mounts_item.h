#ifndef DOCKER_VIEW_MOUNTS_ITEM_H
#define DOCKER_VIEW_MOUNTS_ITEM_H

#include "docker/view_builder.h"

/* The fields of one item of req.mounts. */
enum mount_field {
    MOUNT_CLIMBS,
    MOUNT_DRIVER,
    MOUNT_FILESYSTEM,
    MOUNT_KIND,
    MOUNT_NETWORK,
    MOUNT_NOCOPY,
    MOUNT_ODD_OPTIONS,
    MOUNT_OPTIONS,
    MOUNT_PROPAGATION,
    MOUNT_RAW,
    MOUNT_READONLY,
    MOUNT_RELABEL,
    MOUNT_SIZE,
    MOUNT_SOURCE,
    MOUNT_SUBPATH,
    MOUNT_TARGET,
    MOUNT_VALID,
    MOUNT_VIA,
};

struct member *view_mounts_item(struct view *view, struct str via, struct node *ret);

/* A volume of that driver (empty: local) with those options (a map, or NULL): a local volume whose
 * options say so is a bind mount or a device. */
void view_mounts_item_volume(struct view *view, struct member *mount, struct str driver,
                             const struct node *options);

#endif
