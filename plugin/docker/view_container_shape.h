#ifndef DOCKER_VIEW_CONTAINER_SHAPE_H
#define DOCKER_VIEW_CONTAINER_SHAPE_H

#include "docker/view_builder.h"

/* The fields of req.container. */
enum container_field {
    CONTAINER_ANNOTATIONS,
    CONTAINER_AUTO_REMOVE,
    CONTAINER_CAPS,
    CONTAINER_CGROUP_PARENT,
    CONTAINER_CMD,
    CONTAINER_CONFIGS,
    CONTAINER_DEVICE_REQUESTS,
    CONTAINER_DEVICE_RULES,
    CONTAINER_DEVICES,
    CONTAINER_DNS,
    CONTAINER_DOMAINNAME,
    CONTAINER_ENTRYPOINT,
    CONTAINER_ENV,
    CONTAINER_ENV_LIST,
    CONTAINER_EXPOSED,
    CONTAINER_EXTRA_HOSTS,
    CONTAINER_GPUS,
    CONTAINER_GROUPS,
    CONTAINER_HEALTH,
    CONTAINER_HOSTNAME,
    CONTAINER_IMAGE,
    CONTAINER_INIT,
    CONTAINER_ISOLATION,
    CONTAINER_LABELS,
    CONTAINER_LIMITS,
    CONTAINER_LINKS,
    CONTAINER_LOG,
    CONTAINER_NAME,
    CONTAINER_NAMESPACES,
    CONTAINER_NETWORKS,
    CONTAINER_PLATFORM,
    CONTAINER_PORTS,
    CONTAINER_PRIVILEGED,
    CONTAINER_PUBLISH_ALL,
    CONTAINER_READONLY_ROOTFS,
    CONTAINER_RESTART,
    CONTAINER_RUNTIME,
    CONTAINER_SECRETS,
    CONTAINER_SECURITY,
    CONTAINER_STDIN,
    CONTAINER_STOP_SIGNAL,
    CONTAINER_STORAGE,
    CONTAINER_SYSCTLS,
    CONTAINER_TTY,
    CONTAINER_USER,
    CONTAINER_VOLUME_DRIVER,
    CONTAINER_WORKING_DIR,
    CONTAINER_FIELDS,
};

extern const struct member view_container_shape[CONTAINER_FIELDS];

/* {add, drop, drops_all, effective, exact} */
void view_container_caps(struct view *view, const struct node *add, const struct node *drop,
                         const struct node *exact, const struct node *privileged, struct node *ret);
/* A list of {gid, name, raw}. */
void view_container_groups(struct view *view, const struct node *groups, struct node *ret);
/* {interval, kind, retries, test}, or nil when nothing is said. */
void view_container_health(struct view *view, const struct node *health, struct node *ret);
/* {options, size} */
void view_container_storage(struct view *view, const struct node *options, struct node *ret);
/* A map with "/" in the keys read as ".". */
void view_container_sysctls(struct view *view, const struct node *sysctls, struct node *ret);
/* A list of {id, name, target}. */
void view_container_references(struct view *view, const struct node *list, struct str id_key,
                               struct str name_key, struct node *ret);
/* A list of the keys of a map. */
void view_container_keys(struct view *view, const struct node *map, struct node *ret);

#endif
