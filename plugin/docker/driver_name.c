#include "docker/driver_name.h"

#include "docker/split.h"

static bool leads_up(struct str name)
{
    struct split parts = split_start(name, '/');
    struct str part;

    while (split_next(&parts, &part))
        if (str_eq(part, STR("..")))
            return true;
    return false;
}

static int check_name(const struct node *name, struct str field, struct refusal *refusal)
{
    if (!leads_up(node_string(name)))
        return 0;
    (void)refusal_set(refusal, STR("request.driver"),
                      STR("the name of this driver is a path that leads elsewhere"),
                      STR("send the driver's plain name"));
    refusal->field = field;
    return -1;
}

static int check_mounts(const struct node *mounts, struct str field, struct refusal *refusal)
{
    for (size_t i = 0; i < node_count(mounts); i++) {
        const struct node *options = node_get(node_item(mounts, i), STR("VolumeOptions"));
        const struct node *driver = node_get(options, STR("DriverConfig"));

        if (check_name(node_get(driver, STR("Name")), field, refusal))
            return -1;
    }
    return 0;
}

static int check_container(const struct node *body, struct refusal *refusal)
{
    const struct node *host = node_get(body, STR("HostConfig"));
    const struct node *log = node_get(host, STR("LogConfig"));

    return check_name(node_get(host, STR("VolumeDriver")), STR("HostConfig.VolumeDriver"),
                      refusal) ||
                   check_name(node_get(log, STR("Type")), STR("HostConfig.LogConfig.Type"),
                              refusal) ||
                   check_mounts(node_get(host, STR("Mounts")), STR("HostConfig.Mounts"), refusal)
               ? -1
               : 0;
}

static int check_service(const struct node *body, struct refusal *refusal)
{
    const struct node *task = node_get(body, STR("TaskTemplate"));
    const struct node *spec = node_get(task, STR("ContainerSpec"));
    const struct node *log = node_get(task, STR("LogDriver"));

    return check_name(node_get(log, STR("Name")), STR("TaskTemplate.LogDriver.Name"), refusal) ||
                   check_mounts(node_get(spec, STR("Mounts")),
                                STR("TaskTemplate.ContainerSpec.Mounts"), refusal)
               ? -1
               : 0;
}

static int check_network(const struct node *body, struct refusal *refusal)
{
    const struct node *ipam = node_get(body, STR("IPAM"));

    return check_name(node_get(body, STR("Driver")), STR("Driver"), refusal) ||
                   check_name(node_get(ipam, STR("Driver")), STR("IPAM.Driver"), refusal)
               ? -1
               : 0;
}

static int check_swarm(const struct node *spec, struct refusal *refusal)
{
    const struct node *log = node_get(node_get(spec, STR("TaskDefaults")), STR("LogDriver"));

    return check_name(node_get(log, STR("Name")), STR("TaskDefaults.LogDriver.Name"), refusal);
}

int driver_name_check(enum action action, const struct node *body, struct refusal *refusal)
{
    switch (action) {
    case ACTION_CONTAINER_CREATE:
        return check_container(body, refusal);
    case ACTION_SERVICE_CREATE:
    case ACTION_SERVICE_UPDATE:
        return check_service(body, refusal);
    case ACTION_NETWORK_CREATE:
        return check_network(body, refusal);
    case ACTION_VOLUME_CREATE:
        return check_name(node_get(body, STR("Driver")), STR("Driver"), refusal);
    case ACTION_SECRET_CREATE:
        return check_name(node_get(node_get(body, STR("Driver")), STR("Name")), STR("Driver.Name"),
                          refusal);
    case ACTION_SWARM_INIT:
        return check_swarm(node_get(body, STR("Spec")), refusal);
    case ACTION_SWARM_UPDATE:
        return check_swarm(body, refusal);
    default:
        return 0;
    }
}
