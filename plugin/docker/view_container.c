#include "docker/view_container.h"

#include "docker/view_container_shape.h"
#include "docker/view_devices.h"
#include "docker/view_endpoints.h"
#include "docker/view_fields.h"
#include "docker/view_limits.h"
#include "docker/view_mounts.h"
#include "docker/view_namespaces.h"
#include "docker/view_parts.h"
#include "docker/view_ports.h"
#include "docker/view_security.h"

static struct str fold_runtime(struct str runtime)
{
    return str_eq(runtime, STR("io.containerd.runc.v2")) ? STR("runc") : runtime;
}

/* nil where the image or the engine decides. */
static struct node maybe_bool(const struct node *node)
{
    return node ? view_bool(node_bool(node)) : view_nil();
}

/* The engine cleans it. Source: moby daemon/container.go, translateWorkingDir. */
static struct node working_dir(struct view *view, const struct node *dir)
{
    struct str text = node_string(dir);

    return text.len ? view_string(view_clean(view, text)) : view_nil();
}

static bool wants_gpus(const struct node *requests)
{
    for (size_t i = 0; i < node_count(requests); i++)
        if (node_bool(node_get(node_item(requests, i), STR("gpu"))))
            return true;
    return false;
}

static void fill_config(struct view *view, const struct node *const config[CONFIG_FIELDS],
                        struct member *fields)
{
    fields[CONTAINER_CMD].value = view_share_list(config[CONFIG_CMD]);
    fields[CONTAINER_DOMAINNAME].value = view_text(node_string(config[CONFIG_DOMAINNAME]));
    fields[CONTAINER_ENTRYPOINT].value = view_share_list(config[CONFIG_ENTRYPOINT]);
    view_parts_env(view, config[CONFIG_ENV], STR("Env"), &fields[CONTAINER_ENV].value,
                   &fields[CONTAINER_ENV_LIST].value);
    view_container_keys(view, config[CONFIG_EXPOSED_PORTS], &fields[CONTAINER_EXPOSED].value);
    view_container_health(view, config[CONFIG_HEALTHCHECK], &fields[CONTAINER_HEALTH].value);
    fields[CONTAINER_HOSTNAME].value = view_text(node_string(config[CONFIG_HOSTNAME]));
    fields[CONTAINER_LABELS].value = view_share_map(config[CONFIG_LABELS]);
    view_endpoints_create(view, config[CONFIG_NETWORKING_CONFIG],
                          &fields[CONTAINER_NETWORKS].value);
    fields[CONTAINER_STDIN].value = view_bool(node_bool(config[CONFIG_OPEN_STDIN]));
    fields[CONTAINER_STOP_SIGNAL].value = view_text(node_string(config[CONFIG_STOP_SIGNAL]));
    fields[CONTAINER_TTY].value = view_bool(node_bool(config[CONFIG_TTY]));
    view_parts_user(view, node_string(config[CONFIG_USER]), &fields[CONTAINER_USER].value);
    fields[CONTAINER_WORKING_DIR].value = working_dir(view, config[CONFIG_WORKING_DIR]);
}

static void fill_host_parts(struct view *view, const struct node *const host[HOST_FIELDS],
                            struct member *fields)
{
    view_container_caps(view, host[HOST_CAP_ADD], host[HOST_CAP_DROP], host[HOST_CAPABILITIES],
                        host[HOST_PRIVILEGED], &fields[CONTAINER_CAPS].value);
    view_devices(view, host[HOST_DEVICES], STR("HostConfig.Devices"),
                 &fields[CONTAINER_DEVICES].value);
    view_devices_requests(view, host[HOST_DEVICE_REQUESTS], STR("HostConfig.DeviceRequests"),
                          &fields[CONTAINER_DEVICE_REQUESTS].value);
    fields[CONTAINER_GPUS].value = view_bool(wants_gpus(&fields[CONTAINER_DEVICE_REQUESTS].value));
    view_container_groups(view, host[HOST_GROUP_ADD], &fields[CONTAINER_GROUPS].value);
    view_limits_create(view, host, &fields[CONTAINER_LIMITS].value);
    view_parts_log(view, host[HOST_LOG_CONFIG], STR("Type"), STR("Config"),
                   &fields[CONTAINER_LOG].value);
    view_namespaces(view, host, &fields[CONTAINER_NAMESPACES].value);
    view_ports_create(view, host[HOST_PORT_BINDINGS], &fields[CONTAINER_PORTS].value);
    view_limits_restart(view, host[HOST_RESTART_POLICY], &fields[CONTAINER_RESTART].value);
    view_security_create(view, host, &fields[CONTAINER_SECURITY].value);
    view_container_storage(view, host[HOST_STORAGE_OPT], &fields[CONTAINER_STORAGE].value);
    view_container_sysctls(view, host[HOST_SYSCTLS], &fields[CONTAINER_SYSCTLS].value);
}

static void fill_host(const struct node *const host[HOST_FIELDS], struct member *fields)
{
    fields[CONTAINER_ANNOTATIONS].value = view_share_map(host[HOST_ANNOTATIONS]);
    fields[CONTAINER_AUTO_REMOVE].value = view_bool(node_bool(host[HOST_AUTO_REMOVE]));
    fields[CONTAINER_CGROUP_PARENT].value = view_text(node_string(host[HOST_CGROUP_PARENT]));
    fields[CONTAINER_DEVICE_RULES].value = view_share_list(host[HOST_DEVICE_CGROUP_RULES]);
    fields[CONTAINER_DNS].value = view_share_list(host[HOST_DNS]);
    fields[CONTAINER_EXTRA_HOSTS].value = view_share_list(host[HOST_EXTRA_HOSTS]);
    fields[CONTAINER_INIT].value = maybe_bool(host[HOST_INIT]);
    fields[CONTAINER_ISOLATION].value = view_text(node_string(host[HOST_ISOLATION]));
    fields[CONTAINER_LINKS].value = view_share_list(host[HOST_LINKS]);
    fields[CONTAINER_PRIVILEGED].value = view_bool(node_bool(host[HOST_PRIVILEGED]));
    fields[CONTAINER_PUBLISH_ALL].value = view_bool(node_bool(host[HOST_PUBLISH_ALL_PORTS]));
    fields[CONTAINER_READONLY_ROOTFS].value = view_bool(node_bool(host[HOST_READONLY_ROOTFS]));
    fields[CONTAINER_RUNTIME].value = view_text(fold_runtime(node_string(host[HOST_RUNTIME])));
    fields[CONTAINER_VOLUME_DRIVER].value = view_text(node_string(host[HOST_VOLUME_DRIVER]));
}

void view_container_create(struct view *view, struct view_container *ret)
{
    const struct query *query = &view->request->line.query;
    const struct node *config[CONFIG_FIELDS];
    const struct node *host[HOST_FIELDS];
    struct member *fields = VIEW_STRUCT(view, view_container_shape, &ret->container);

    view_fields_config(&view->request->body, config);
    view_fields_host(config[CONFIG_HOST_CONFIG], host);
    view_parts_image(view, node_string(config[CONFIG_IMAGE]), STR("Image"), &ret->image);
    view_mounts_create(view, config, host, &ret->mounts);
    fields[CONTAINER_IMAGE].value = ret->image;
    fields[CONTAINER_NAME].value = view_text(query_first(query, STR("name")));
    fields[CONTAINER_PLATFORM].value = view_text(query_first(query, STR("platform")));
    fill_config(view, config, fields);
    fill_host_parts(view, host, fields);
    fill_host(host, fields);
}

/* What the task says around its container. */
static void fill_task(struct view *view, const struct node *const spec[SPEC_FIELDS],
                      struct member *fields)
{
    const struct node *body = &view->request->body;
    const struct node *task = node_get(body, STR("TaskTemplate"));

    view_limits_service(view, spec, node_get(task, STR("Resources")),
                        &fields[CONTAINER_LIMITS].value);
    view_parts_log(view, node_get(task, STR("LogDriver")), STR("Name"), STR("Options"),
                   &fields[CONTAINER_LOG].value);
    fields[CONTAINER_NAME].value = view_text(node_string(node_get(body, STR("Name"))));
    view_endpoints_service(view, node_get(task, STR("Networks")), node_get(body, STR("Networks")),
                           &fields[CONTAINER_NETWORKS].value);
    view_ports_service(view, node_get(node_get(body, STR("EndpointSpec")), STR("Ports")),
                       &fields[CONTAINER_PORTS].value);
}

static void fill_spec_parts(struct view *view, const struct node *const spec[SPEC_FIELDS],
                            struct member *fields)
{
    enum { API_CAPABILITIES = 41 }; /* dropped before (moby swarm router, adjustForAPIVersion) */
    const struct node *drop = spec[SPEC_CAPABILITY_DROP];

    if (line_is_before(&view->request->line, API_CAPABILITIES))
        drop = NULL;
    view_container_caps(view, spec[SPEC_CAPABILITY_ADD], drop, NULL, NULL,
                        &fields[CONTAINER_CAPS].value);
    view_container_references(view, spec[SPEC_CONFIGS], STR("ConfigID"), STR("ConfigName"),
                              &fields[CONTAINER_CONFIGS].value);
    view_parts_env(view, spec[SPEC_ENV], STR("TaskTemplate.ContainerSpec.Env"),
                   &fields[CONTAINER_ENV].value, &fields[CONTAINER_ENV_LIST].value);
    view_container_groups(view, spec[SPEC_GROUPS], &fields[CONTAINER_GROUPS].value);
    view_container_health(view, spec[SPEC_HEALTHCHECK], &fields[CONTAINER_HEALTH].value);
    view_namespaces(view, NULL, &fields[CONTAINER_NAMESPACES].value);
    view_container_references(view, spec[SPEC_SECRETS], STR("SecretID"), STR("SecretName"),
                              &fields[CONTAINER_SECRETS].value);
    view_security_service(view, spec[SPEC_PRIVILEGES], &fields[CONTAINER_SECURITY].value);
    view_container_storage(view, NULL, &fields[CONTAINER_STORAGE].value);
    view_container_sysctls(view, spec[SPEC_SYSCTLS], &fields[CONTAINER_SYSCTLS].value);
    view_parts_user(view, node_string(spec[SPEC_USER]), &fields[CONTAINER_USER].value);
}

static void fill_spec(struct view *view, const struct node *const spec[SPEC_FIELDS],
                      struct member *fields)
{
    fields[CONTAINER_CMD].value = view_share_list(spec[SPEC_ARGS]);
    fields[CONTAINER_ENTRYPOINT].value = view_share_list(spec[SPEC_COMMAND]);
    fields[CONTAINER_EXTRA_HOSTS].value = view_share_list(spec[SPEC_HOSTS]);
    fields[CONTAINER_HOSTNAME].value = view_text(node_string(spec[SPEC_HOSTNAME]));
    fields[CONTAINER_INIT].value = maybe_bool(spec[SPEC_INIT]);
    fields[CONTAINER_ISOLATION].value = view_text(node_string(spec[SPEC_ISOLATION]));
    fields[CONTAINER_LABELS].value = view_share_map(spec[SPEC_LABELS]);
    fields[CONTAINER_READONLY_ROOTFS].value = view_bool(node_bool(spec[SPEC_READ_ONLY]));
    fields[CONTAINER_STDIN].value = view_bool(node_bool(spec[SPEC_OPEN_STDIN]));
    fields[CONTAINER_STOP_SIGNAL].value = view_text(node_string(spec[SPEC_STOP_SIGNAL]));
    fields[CONTAINER_TTY].value = view_bool(node_bool(spec[SPEC_TTY]));
    fields[CONTAINER_WORKING_DIR].value = working_dir(view, spec[SPEC_DIR]);
}

void view_container_service(struct view *view, struct view_container *ret)
{
    const struct node *task = node_get(&view->request->body, STR("TaskTemplate"));
    const struct node *spec[SPEC_FIELDS];
    struct member *fields = VIEW_STRUCT(view, view_container_shape, &ret->container);

    view_fields_spec(node_get(task, STR("ContainerSpec")), spec);
    view_parts_image(view, node_string(spec[SPEC_IMAGE]), STR("TaskTemplate.ContainerSpec.Image"),
                     &ret->image);
    view_mounts_service(view, spec, &ret->mounts);
    fields[CONTAINER_IMAGE].value = ret->image;
    fill_spec_parts(view, spec, fields);
    fill_spec(view, spec, fields);
    fill_task(view, spec, fields);
}
