#include "docker/view.h"

#include "docker/view_container.h"
#include "docker/view_limits.h"
#include "docker/view_mounts.h"
#include "docker/view_topics.h"

enum req_field {
    REQ_ACTION,
    REQ_API,
    REQ_BODY_STATE,
    REQ_BUILD,
    REQ_CATEGORY,
    REQ_CLASS,
    REQ_COMMIT,
    REQ_CONFIG,
    REQ_CONTAINER,
    REQ_EXEC,
    REQ_FILTERS,
    REQ_HEADERS,
    REQ_IMAGE,
    REQ_IMPORT,
    REQ_METHOD,
    REQ_MOUNTS,
    REQ_NETWORK,
    REQ_NODE,
    REQ_PATH,
    REQ_PHASE,
    REQ_PLUGIN,
    REQ_QUERY,
    REQ_QUERY_ALL,
    REQ_RAW,
    REQ_SECRET,
    REQ_SERVICE,
    REQ_SOURCE_IMAGE,
    REQ_SWARM,
    REQ_TARGET,
    REQ_UNKNOWN_FIELDS,
    REQ_UPDATE,
    REQ_URI,
    REQ_USER,
    REQ_VERB,
    REQ_VOLUME,
    REQ_WRITE,
};

static const struct member req_shape[] = {
    [REQ_ACTION] = VIEW_FIELD("action", NODE_NULL),
    [REQ_API] = VIEW_FIELD("api", NODE_NULL),
    [REQ_BODY_STATE] = VIEW_FIELD("body_state", NODE_NULL),
    [REQ_BUILD] = VIEW_FIELD("build", NODE_NULL),
    [REQ_CATEGORY] = VIEW_FIELD("category", NODE_NULL),
    [REQ_CLASS] = VIEW_FIELD("class", NODE_NULL),
    [REQ_COMMIT] = VIEW_FIELD("commit", NODE_NULL),
    [REQ_CONFIG] = VIEW_FIELD("config", NODE_NULL),
    [REQ_CONTAINER] = VIEW_FIELD("container", NODE_NULL),
    [REQ_EXEC] = VIEW_FIELD("exec", NODE_NULL),
    [REQ_FILTERS] = VIEW_FIELD("filters", NODE_MAP),
    [REQ_HEADERS] = VIEW_FIELD("headers", NODE_MAP),
    [REQ_IMAGE] = VIEW_FIELD("image", NODE_NULL),
    [REQ_IMPORT] = VIEW_FIELD("import", NODE_NULL),
    [REQ_METHOD] = VIEW_FIELD("method", NODE_NULL),
    [REQ_MOUNTS] = VIEW_FIELD("mounts", NODE_LIST),
    [REQ_NETWORK] = VIEW_FIELD("network", NODE_NULL),
    [REQ_NODE] = VIEW_FIELD("node", NODE_NULL),
    [REQ_PATH] = VIEW_FIELD("path", NODE_NULL),
    [REQ_PHASE] = VIEW_FIELD("phase", NODE_NULL),
    [REQ_PLUGIN] = VIEW_FIELD("plugin", NODE_NULL),
    [REQ_QUERY] = VIEW_FIELD("query", NODE_MAP),
    [REQ_QUERY_ALL] = VIEW_FIELD("query_all", NODE_MAP),
    [REQ_RAW] = VIEW_FIELD("raw", NODE_NULL),
    [REQ_SECRET] = VIEW_FIELD("secret", NODE_NULL),
    [REQ_SERVICE] = VIEW_FIELD("service", NODE_NULL),
    [REQ_SOURCE_IMAGE] = VIEW_FIELD("source_image", NODE_NULL),
    [REQ_SWARM] = VIEW_FIELD("swarm", NODE_NULL),
    [REQ_TARGET] = VIEW_FIELD("target", NODE_NULL),
    [REQ_UNKNOWN_FIELDS] = VIEW_FIELD("unknown_fields", NODE_LIST),
    [REQ_UPDATE] = VIEW_FIELD("update", NODE_NULL),
    [REQ_URI] = VIEW_FIELD("uri", NODE_NULL),
    [REQ_USER] = VIEW_FIELD("user", NODE_NULL),
    [REQ_VERB] = VIEW_FIELD("verb", NODE_NULL),
    [REQ_VOLUME] = VIEW_FIELD("volume", NODE_NULL),
    [REQ_WRITE] = VIEW_FIELD("write", NODE_BOOL),
};

static void fill_action(const struct request *request, struct member *req)
{
    const struct action_info *info = action_info(request->route->action);

    req[REQ_ACTION].value = view_string(info->name);
    req[REQ_CATEGORY].value = view_string(info->category);
    req[REQ_CLASS].value = view_string(action_class_name(info->class));
    req[REQ_VERB].value = view_string(info->verb);
    req[REQ_WRITE].value = view_bool(info->class == ACTION_WRITE);
}

static void fill_call(struct view *view, struct member *req)
{
    const struct request *request = view->request;

    req[REQ_METHOD].value = view_string(request->envelope.method);
    req[REQ_PATH].value = view_string(request->line.path);
    req[REQ_PHASE].value = view_string(STR("request"));
    req[REQ_URI].value = view_string(request->envelope.uri);
    req[REQ_BODY_STATE].value = view_string(request->has_body ? STR("ok") : STR("none"));
    req[REQ_RAW].value = request->body;
    req[REQ_UNKNOWN_FIELDS].value = view_share_list(&request->unknown);
    view_request_api(view, &req[REQ_API].value);
    view_filters(view, &req[REQ_FILTERS].value);
    view_request_headers(view, &req[REQ_HEADERS].value);
    view_request_query(view, &req[REQ_QUERY].value, &req[REQ_QUERY_ALL].value);
    view_request_target(view, &req[REQ_TARGET].value);
    view_request_user(view, &req[REQ_USER].value);
}

static void fill_container(struct view *view, struct member *req,
                           void (*build)(struct view *view, struct view_container *ret))
{
    struct view_container parts = {.mounts.type = NODE_LIST};

    build(view, &parts);
    req[REQ_CONTAINER].value = parts.container;
    req[REQ_IMAGE].value = parts.image;
    req[REQ_MOUNTS].value = parts.mounts;
}

static void fill_checkpoint(struct view *view, struct member *req, struct str parameter)
{
    view_mounts_checkpoint(view, query_first(&view->request->line.query, parameter), parameter,
                           &req[REQ_MOUNTS].value);
}

/* What a call names and brings: the parts of `req` that only some calls have. */
struct part {
    enum action action;
    enum req_field field;
    void (*build)(struct view *view, struct node *ret);
};

static const struct part parts[] = {
    {ACTION_BUILD_RUN, REQ_BUILD, view_build_run},
    {ACTION_CONFIG_CREATE, REQ_CONFIG, view_swarm_data},
    {ACTION_CONFIG_UPDATE, REQ_CONFIG, view_swarm_data},
    {ACTION_EXEC_CREATE, REQ_EXEC, view_exec},
    {ACTION_IMAGE_ATTESTATIONS, REQ_IMAGE, view_image_target},
    {ACTION_IMAGE_COMMIT, REQ_COMMIT, view_image_commit},
    {ACTION_IMAGE_COMMIT, REQ_IMAGE, view_image_named},
    {ACTION_IMAGE_DELETE, REQ_IMAGE, view_image_target},
    {ACTION_IMAGE_DISTRIBUTION, REQ_IMAGE, view_image_target},
    {ACTION_IMAGE_HISTORY, REQ_IMAGE, view_image_target},
    {ACTION_IMAGE_IMPORT, REQ_IMAGE, view_image_named},
    {ACTION_IMAGE_IMPORT, REQ_IMPORT, view_image_import},
    {ACTION_IMAGE_INSPECT, REQ_IMAGE, view_image_target},
    {ACTION_IMAGE_PULL, REQ_IMAGE, view_image_pull},
    {ACTION_IMAGE_PUSH, REQ_IMAGE, view_image_push},
    {ACTION_IMAGE_TAG, REQ_IMAGE, view_image_named},
    {ACTION_IMAGE_TAG, REQ_SOURCE_IMAGE, view_image_target},
    {ACTION_NETWORK_CONNECT, REQ_NETWORK, view_network_attach},
    {ACTION_NETWORK_CREATE, REQ_NETWORK, view_network_create},
    {ACTION_NETWORK_DISCONNECT, REQ_NETWORK, view_network_attach},
    {ACTION_NODE_DELETE, REQ_NODE, view_swarm_node},
    {ACTION_NODE_UPDATE, REQ_NODE, view_swarm_node},
    {ACTION_PLUGIN_CREATE, REQ_PLUGIN, view_plugin},
    {ACTION_PLUGIN_DELETE, REQ_PLUGIN, view_plugin},
    {ACTION_PLUGIN_DISABLE, REQ_PLUGIN, view_plugin},
    {ACTION_PLUGIN_ENABLE, REQ_PLUGIN, view_plugin},
    {ACTION_PLUGIN_INSPECT, REQ_PLUGIN, view_plugin},
    {ACTION_PLUGIN_PRIVILEGES, REQ_PLUGIN, view_plugin},
    {ACTION_PLUGIN_PULL, REQ_PLUGIN, view_plugin},
    {ACTION_PLUGIN_PUSH, REQ_PLUGIN, view_plugin},
    {ACTION_PLUGIN_SET, REQ_PLUGIN, view_plugin},
    {ACTION_PLUGIN_UPGRADE, REQ_PLUGIN, view_plugin},
    {ACTION_SECRET_CREATE, REQ_SECRET, view_swarm_data},
    {ACTION_SECRET_UPDATE, REQ_SECRET, view_swarm_data},
    {ACTION_SERVICE_CREATE, REQ_SERVICE, view_service},
    {ACTION_SERVICE_UPDATE, REQ_SERVICE, view_service},
    {ACTION_SWARM_INIT, REQ_SWARM, view_swarm},
    {ACTION_SWARM_JOIN, REQ_SWARM, view_swarm},
    {ACTION_SWARM_LEAVE, REQ_SWARM, view_swarm},
    {ACTION_SWARM_UNLOCK, REQ_SWARM, view_swarm},
    {ACTION_SWARM_UPDATE, REQ_SWARM, view_swarm},
    {ACTION_VOLUME_CREATE, REQ_VOLUME, view_volume_create},
    {ACTION_VOLUME_UPDATE, REQ_VOLUME, view_volume_update},
};

static void fill_parts(struct view *view, struct member *req)
{
    enum action action = view->request->route->action;

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (parts[i].action == action)
            parts[i].build(view, &req[parts[i].field].value);
}

/* Containers, and what else brings files of the host into play. */
static void fill_containers(struct view *view, struct member *req)
{
    const struct node *body = &view->request->body;

    switch (view->request->route->action) {
    case ACTION_CONTAINER_CREATE:
        fill_container(view, req, view_container_create);
        break;
    case ACTION_SERVICE_CREATE:
    case ACTION_SERVICE_UPDATE:
        fill_container(view, req, view_container_service);
        break;
    case ACTION_CONTAINER_UPDATE:
        view_limits_update(view, body, &req[REQ_UPDATE].value);
        break;
    case ACTION_CONTAINER_START:
        view_mounts_restore(view, &req[REQ_MOUNTS].value);
        break;
    case ACTION_CHECKPOINT_LIST:
    case ACTION_CHECKPOINT_DELETE:
        fill_checkpoint(view, req, STR("dir"));
        break;
    case ACTION_CHECKPOINT_CREATE:
        view_mounts_checkpoint(view, node_string(node_get(body, STR("CheckpointDir"))),
                               STR("CheckpointDir"), &req[REQ_MOUNTS].value);
        break;
    case ACTION_VOLUME_CREATE:
        view_mounts_volume(view, node_string(node_get(body, STR("Name"))),
                           node_string(node_get(body, STR("Driver"))),
                           node_get(body, STR("DriverOpts")), &req[REQ_MOUNTS].value);
        break;
    default:
        break;
    }
}

int view_build(struct request *request, struct arena *arena)
{
    struct view view; /* its spare fields need no value */
    struct node root;
    struct member *req;

    view.arena = arena;
    view.request = request;
    view.failed = false;
    req = VIEW_STRUCT(&view, req_shape, &root);
    fill_action(request, req);
    fill_call(&view, req);
    fill_containers(&view, req);
    fill_parts(&view, req);
    if (view.failed)
        return -1;
    request->view = root;
    return 0;
}
