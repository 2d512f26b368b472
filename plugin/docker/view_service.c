#include "docker/view_topics.h"

enum service_field {
    SERVICE_CONSTRAINTS,
    SERVICE_ENDPOINT_MODE,
    SERVICE_FORCE_UPDATE,
    SERVICE_GENERIC_RESOURCES,
    SERVICE_LABELS,
    SERVICE_MAX_REPLICAS_PER_NODE,
    SERVICE_MODE,
    SERVICE_NAME,
    SERVICE_PLATFORMS,
    SERVICE_PLUGIN,
    SERVICE_PREFERENCES,
    SERVICE_REPLICAS,
    SERVICE_RESTART,
    SERVICE_ROLLBACK,
    SERVICE_ROLLBACK_CONFIG,
    SERVICE_RUNTIME,
    SERVICE_UPDATE_CONFIG,
};

static const struct member service_shape[] = {
    [SERVICE_CONSTRAINTS] = VIEW_FIELD("constraints", NODE_LIST),
    [SERVICE_ENDPOINT_MODE] = VIEW_FIELD("endpoint_mode", NODE_NULL),
    [SERVICE_FORCE_UPDATE] = VIEW_FIELD("force_update", NODE_BOOL),
    [SERVICE_GENERIC_RESOURCES] = VIEW_FIELD("generic_resources", NODE_LIST),
    [SERVICE_LABELS] = VIEW_FIELD("labels", NODE_MAP),
    [SERVICE_MAX_REPLICAS_PER_NODE] = VIEW_FIELD("max_replicas_per_node", NODE_NULL),
    [SERVICE_MODE] = VIEW_FIELD("mode", NODE_NULL),
    [SERVICE_NAME] = VIEW_FIELD("name", NODE_NULL),
    [SERVICE_PLATFORMS] = VIEW_FIELD("platforms", NODE_LIST),
    [SERVICE_PLUGIN] = VIEW_FIELD("plugin", NODE_NULL),
    [SERVICE_PREFERENCES] = VIEW_FIELD("preferences", NODE_LIST),
    [SERVICE_REPLICAS] = VIEW_FIELD("replicas", NODE_NULL),
    [SERVICE_RESTART] = VIEW_FIELD("restart", NODE_NULL),
    [SERVICE_ROLLBACK] = VIEW_FIELD("rollback", NODE_NULL),
    [SERVICE_ROLLBACK_CONFIG] = VIEW_FIELD("rollback_config", NODE_NULL),
    [SERVICE_RUNTIME] = VIEW_FIELD("runtime", NODE_NULL),
    [SERVICE_UPDATE_CONFIG] = VIEW_FIELD("update_config", NODE_NULL),
};

static const struct node *present(const struct node *node)
{
    return node && node->type != NODE_NULL ? node : NULL;
}

static struct node text_of(const struct node *object, struct str key)
{
    return view_text(node_string(node_get(object, key)));
}

static struct node int_of(const struct node *object, struct str key)
{
    return view_int(node_int(node_get(object, key)));
}

/* Seconds of a Go duration. */
static struct node seconds_of(const struct node *object, struct str key)
{
    return view_float((double)node_int(node_get(object, key)) / 1e9);
}

/* How many tasks there are, and of which kind. Without a mode the engine takes one replica. */
static void set_mode(struct member *service, const struct node *mode)
{
    const struct node *replicated = present(node_get(mode, STR("Replicated")));
    const struct node *job = present(node_get(mode, STR("ReplicatedJob")));
    const struct node *replicas = present(node_get(replicated, STR("Replicas")));

    if (present(node_get(mode, STR("Global")))) {
        service[SERVICE_MODE].value = view_string(STR("global"));
    } else if (present(node_get(mode, STR("GlobalJob")))) {
        service[SERVICE_MODE].value = view_string(STR("global-job"));
    } else if (job) {
        service[SERVICE_MODE].value = view_string(STR("replicated-job"));
        service[SERVICE_REPLICAS].value = int_of(job, STR("TotalCompletions"));
    } else {
        service[SERVICE_MODE].value = view_string(STR("replicated"));
        service[SERVICE_REPLICAS].value = view_int(replicas ? node_int(replicas) : 1);
    }
}

enum { UPDATE_DELAY, UPDATE_FAILURE_ACTION, UPDATE_MONITOR, UPDATE_ORDER, UPDATE_PARALLELISM };

static const struct member update_shape[] = {
    [UPDATE_DELAY] = VIEW_FIELD("delay", NODE_NULL),
    [UPDATE_FAILURE_ACTION] = VIEW_FIELD("failure_action", NODE_NULL),
    [UPDATE_MONITOR] = VIEW_FIELD("monitor", NODE_NULL),
    [UPDATE_ORDER] = VIEW_FIELD("order", NODE_NULL),
    [UPDATE_PARALLELISM] = VIEW_FIELD("parallelism", NODE_NULL),
};

static void set_update(struct view *view, const struct node *config, struct node *ret)
{
    struct member *update;

    if (!present(config))
        return;
    update = VIEW_STRUCT(view, update_shape, ret);
    update[UPDATE_DELAY].value = seconds_of(config, STR("Delay"));
    update[UPDATE_FAILURE_ACTION].value = text_of(config, STR("FailureAction"));
    update[UPDATE_MONITOR].value = seconds_of(config, STR("Monitor"));
    update[UPDATE_ORDER].value = text_of(config, STR("Order"));
    update[UPDATE_PARALLELISM].value = int_of(config, STR("Parallelism"));
}

enum { RESTART_CONDITION, RESTART_DELAY, RESTART_MAX, RESTART_WINDOW };

static const struct member restart_shape[] = {
    [RESTART_CONDITION] = VIEW_FIELD("condition", NODE_NULL),
    [RESTART_DELAY] = VIEW_FIELD("delay", NODE_NULL),
    [RESTART_MAX] = VIEW_FIELD("max", NODE_NULL),
    [RESTART_WINDOW] = VIEW_FIELD("window", NODE_NULL),
};

static void set_restart(struct view *view, const struct node *policy, struct node *ret)
{
    struct member *restart;

    if (!present(policy))
        return;
    restart = VIEW_STRUCT(view, restart_shape, ret);
    restart[RESTART_CONDITION].value = text_of(policy, STR("Condition"));
    restart[RESTART_DELAY].value = seconds_of(policy, STR("Delay"));
    restart[RESTART_MAX].value = view_above_zero(node_get(policy, STR("MaxAttempts")));
    restart[RESTART_WINDOW].value = seconds_of(policy, STR("Window"));
}

enum { RESOURCE_KIND, RESOURCE_VALUE };

static const struct member resource_shape[] = {
    [RESOURCE_KIND] = VIEW_FIELD("kind", NODE_NULL),
    [RESOURCE_VALUE] = VIEW_FIELD("value", NODE_NULL),
};

static void list_resources(struct view *view, const struct node *list, struct node *ret)
{
    size_t count = node_count(list);
    struct node *item = count ? view_list(view, count, ret) : NULL;

    for (size_t i = 0; item && i < count; i++, item++) {
        const struct node *named = node_get(node_item(list, i), STR("NamedResourceSpec"));
        const struct node *discrete = node_get(node_item(list, i), STR("DiscreteResourceSpec"));
        const struct node *one = present(named) ? named : discrete;
        const struct node *value = present(node_get(one, STR("Value")));
        struct member *resource = VIEW_STRUCT(view, resource_shape, item);

        resource[RESOURCE_KIND].value = text_of(one, STR("Kind"));
        if (value)
            resource[RESOURCE_VALUE].value = *value;
    }
}

static void list_preferences(struct view *view, const struct node *list, struct node *ret)
{
    size_t count = node_count(list);
    struct node *item = count ? view_list(view, count, ret) : NULL;

    for (size_t i = 0; item && i < count; i++) {
        const struct node *spread = node_get(node_item(list, i), STR("Spread"));

        item[i] = view_string(node_string(node_get(spread, STR("SpreadDescriptor"))));
    }
}

/* "linux/amd64" */
static void list_platforms(struct view *view, const struct node *list, struct node *ret)
{
    size_t count = node_count(list);
    struct node *item = count ? view_list(view, count, ret) : NULL;

    for (size_t i = 0; item && i < count; i++) {
        const struct node *platform = node_item(list, i);
        struct str os = view_join(view, node_string(node_get(platform, STR("OS"))), STR("/"));

        item[i] =
            view_string(view_join(view, os, node_string(node_get(platform, STR("Architecture")))));
    }
}

static void set_task(struct view *view, const struct node *task, struct member *service)
{
    const struct node *placement = node_get(task, STR("Placement"));
    const struct node *reserved = node_get(node_get(task, STR("Resources")), STR("Reservations"));
    const struct node *plugin = present(node_get(task, STR("PluginSpec")));
    struct str runtime = node_string(node_get(task, STR("Runtime")));

    service[SERVICE_CONSTRAINTS].value = view_share_list(node_get(placement, STR("Constraints")));
    service[SERVICE_FORCE_UPDATE].value =
        view_bool(node_int(node_get(task, STR("ForceUpdate"))) != 0);
    list_resources(view, node_get(reserved, STR("GenericResources")),
                   &service[SERVICE_GENERIC_RESOURCES].value);
    service[SERVICE_MAX_REPLICAS_PER_NODE].value =
        view_above_zero(node_get(placement, STR("MaxReplicas")));
    list_platforms(view, node_get(placement, STR("Platforms")), &service[SERVICE_PLATFORMS].value);
    if (plugin)
        service[SERVICE_PLUGIN].value = *plugin;
    list_preferences(view, node_get(placement, STR("Preferences")),
                     &service[SERVICE_PREFERENCES].value);
    set_restart(view, node_get(task, STR("RestartPolicy")), &service[SERVICE_RESTART].value);
    /* "container" is what an empty runtime means. */
    if (!str_eq(runtime, STR("container")))
        service[SERVICE_RUNTIME].value = view_text(runtime);
}

void view_service(struct view *view, struct node *ret)
{
    const struct node *body = &view->request->body;
    const struct query *query = &view->request->line.query;
    struct member *service = VIEW_STRUCT(view, service_shape, ret);

    service[SERVICE_ENDPOINT_MODE].value =
        text_of(node_get(body, STR("EndpointSpec")), STR("Mode"));
    service[SERVICE_LABELS].value = view_share_map(node_get(body, STR("Labels")));
    service[SERVICE_NAME].value = text_of(body, STR("Name"));
    service[SERVICE_ROLLBACK].value = view_text(query_first(query, STR("rollback")));
    set_mode(service, node_get(body, STR("Mode")));
    set_task(view, node_get(body, STR("TaskTemplate")), service);
    set_update(view, node_get(body, STR("RollbackConfig")),
               &service[SERVICE_ROLLBACK_CONFIG].value);
    set_update(view, node_get(body, STR("UpdateConfig")), &service[SERVICE_UPDATE_CONFIG].value);
}
