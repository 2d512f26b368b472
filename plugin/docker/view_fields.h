#ifndef DOCKER_VIEW_FIELDS_H
#define DOCKER_VIEW_FIELDS_H

#include "docker/view_builder.h"

/* The members of a request that the container view is made of, found in one walk each. A field
 * that is missing or null is NULL. */

/* container.Config, with what container.create adds to it. */
enum config_field {
    CONFIG_CMD,
    CONFIG_DOMAINNAME,
    CONFIG_ENTRYPOINT,
    CONFIG_ENV,
    CONFIG_EXPOSED_PORTS,
    CONFIG_HEALTHCHECK,
    CONFIG_HOSTNAME,
    CONFIG_HOST_CONFIG,
    CONFIG_IMAGE,
    CONFIG_LABELS,
    CONFIG_NETWORKING_CONFIG,
    CONFIG_OPEN_STDIN,
    CONFIG_STOP_SIGNAL,
    CONFIG_TTY,
    CONFIG_USER,
    CONFIG_VOLUMES,
    CONFIG_WORKING_DIR,
    CONFIG_FIELDS,
};

/* container.HostConfig and container.Resources in it. */
enum host_field {
    HOST_ANNOTATIONS,
    HOST_AUTO_REMOVE,
    HOST_BINDS,
    HOST_CAPABILITIES,
    HOST_CAP_ADD,
    HOST_CAP_DROP,
    HOST_CGROUP,
    HOST_CGROUPNS_MODE,
    HOST_CGROUP_PARENT,
    HOST_CPUSET_CPUS,
    HOST_CPU_PERIOD,
    HOST_CPU_QUOTA,
    HOST_CPU_SHARES,
    HOST_DEVICES,
    HOST_DEVICE_CGROUP_RULES,
    HOST_DEVICE_REQUESTS,
    HOST_DNS,
    HOST_EXTRA_HOSTS,
    HOST_GROUP_ADD,
    HOST_INIT,
    HOST_IPC_MODE,
    HOST_ISOLATION,
    HOST_LINKS,
    HOST_LOG_CONFIG,
    HOST_MASKED_PATHS,
    HOST_MEMORY,
    HOST_MEMORY_RESERVATION,
    HOST_MEMORY_SWAP,
    HOST_MOUNTS,
    HOST_NANO_CPUS,
    HOST_NETWORK_MODE,
    HOST_OOM_KILL_DISABLE,
    HOST_OOM_SCORE_ADJ,
    HOST_PIDS_LIMIT,
    HOST_PID_MODE,
    HOST_PORT_BINDINGS,
    HOST_PRIVILEGED,
    HOST_PUBLISH_ALL_PORTS,
    HOST_READONLY_PATHS,
    HOST_READONLY_ROOTFS,
    HOST_RESTART_POLICY,
    HOST_RUNTIME,
    HOST_SECURITY_OPT,
    HOST_SHM_SIZE,
    HOST_STORAGE_OPT,
    HOST_SYSCTLS,
    HOST_TMPFS,
    HOST_ULIMITS,
    HOST_USERNS_MODE,
    HOST_UTS_MODE,
    HOST_VOLUMES_FROM,
    HOST_VOLUME_DRIVER,
    HOST_FIELDS,
};

/* swarm.ContainerSpec. */
enum spec_field {
    SPEC_ARGS,
    SPEC_CAPABILITY_ADD,
    SPEC_CAPABILITY_DROP,
    SPEC_COMMAND,
    SPEC_CONFIGS,
    SPEC_DIR,
    SPEC_ENV,
    SPEC_GROUPS,
    SPEC_HEALTHCHECK,
    SPEC_HOSTNAME,
    SPEC_HOSTS,
    SPEC_IMAGE,
    SPEC_INIT,
    SPEC_ISOLATION,
    SPEC_LABELS,
    SPEC_MOUNTS,
    SPEC_OOM_SCORE_ADJ,
    SPEC_OPEN_STDIN,
    SPEC_PRIVILEGES,
    SPEC_READ_ONLY,
    SPEC_SECRETS,
    SPEC_STOP_SIGNAL,
    SPEC_SYSCTLS,
    SPEC_TTY,
    SPEC_ULIMITS,
    SPEC_USER,
    SPEC_FIELDS,
};

void view_fields_config(const struct node *body, const struct node *ret[CONFIG_FIELDS]);
void view_fields_host(const struct node *host_config, const struct node *ret[HOST_FIELDS]);
void view_fields_spec(const struct node *container_spec, const struct node *ret[SPEC_FIELDS]);

#endif
