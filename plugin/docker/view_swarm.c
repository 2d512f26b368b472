#include "docker/view_topics.h"

enum swarm_field {
    SWARM_ADVERTISE_ADDR,
    SWARM_AUTOLOCK,
    SWARM_AVAILABILITY,
    SWARM_DATA_PATH_ADDR,
    SWARM_DATA_PATH_PORT,
    SWARM_FORCE,
    SWARM_FORCE_NEW_CLUSTER,
    SWARM_LABELS,
    SWARM_LISTEN_ADDR,
    SWARM_REMOTE_ADDRS,
    SWARM_ROTATE_MANAGER_TOKEN,
    SWARM_ROTATE_UNLOCK_KEY,
    SWARM_ROTATE_WORKER_TOKEN,
};

static const struct member swarm_shape[] = {
    [SWARM_ADVERTISE_ADDR] = VIEW_FIELD("advertise_addr", NODE_NULL),
    [SWARM_AUTOLOCK] = VIEW_FIELD("autolock", NODE_BOOL),
    [SWARM_AVAILABILITY] = VIEW_FIELD("availability", NODE_NULL),
    [SWARM_DATA_PATH_ADDR] = VIEW_FIELD("data_path_addr", NODE_NULL),
    [SWARM_DATA_PATH_PORT] = VIEW_FIELD("data_path_port", NODE_NULL),
    [SWARM_FORCE] = VIEW_FIELD("force", NODE_BOOL),
    [SWARM_FORCE_NEW_CLUSTER] = VIEW_FIELD("force_new_cluster", NODE_BOOL),
    [SWARM_LABELS] = VIEW_FIELD("labels", NODE_MAP),
    [SWARM_LISTEN_ADDR] = VIEW_FIELD("listen_addr", NODE_NULL),
    [SWARM_REMOTE_ADDRS] = VIEW_FIELD("remote_addrs", NODE_LIST),
    [SWARM_ROTATE_MANAGER_TOKEN] = VIEW_FIELD("rotate_manager_token", NODE_BOOL),
    [SWARM_ROTATE_UNLOCK_KEY] = VIEW_FIELD("rotate_unlock_key", NODE_BOOL),
    [SWARM_ROTATE_WORKER_TOKEN] = VIEW_FIELD("rotate_worker_token", NODE_BOOL),
};

static struct node text_of(const struct node *object, struct str key)
{
    return view_text(node_string(node_get(object, key)));
}

static void set_rotations(const struct query *query, struct member *swarm)
{
    swarm[SWARM_ROTATE_MANAGER_TOKEN].value =
        view_bool(query_bool(query, STR("rotateManagerToken")));
    swarm[SWARM_ROTATE_UNLOCK_KEY].value =
        view_bool(query_bool(query, STR("rotateManagerUnlockKey")));
    swarm[SWARM_ROTATE_WORKER_TOKEN].value = view_bool(query_bool(query, STR("rotateWorkerToken")));
}

void view_swarm(struct view *view, struct node *ret)
{
    const struct query *query = &view->request->line.query;
    const struct node *body = &view->request->body;
    bool update = view->request->route->action == ACTION_SWARM_UPDATE;
    const struct node *spec = update ? body : node_get(body, STR("Spec"));
    const struct node *encryption = node_get(spec, STR("EncryptionConfig"));
    struct member *swarm = VIEW_STRUCT(view, swarm_shape, ret);

    swarm[SWARM_ADVERTISE_ADDR].value = text_of(body, STR("AdvertiseAddr"));
    swarm[SWARM_AUTOLOCK].value =
        view_bool(node_bool(node_get(body, STR("AutoLockManagers"))) ||
                  node_bool(node_get(encryption, STR("AutoLockManagers"))));
    swarm[SWARM_AVAILABILITY].value = text_of(body, STR("Availability"));
    swarm[SWARM_DATA_PATH_ADDR].value = text_of(body, STR("DataPathAddr"));
    swarm[SWARM_DATA_PATH_PORT].value = view_above_zero(node_get(body, STR("DataPathPort")));
    swarm[SWARM_FORCE].value = view_bool(query_bool(query, STR("force")));
    swarm[SWARM_FORCE_NEW_CLUSTER].value =
        view_bool(node_bool(node_get(body, STR("ForceNewCluster"))));
    swarm[SWARM_LABELS].value = view_share_map(node_get(spec, STR("Labels")));
    swarm[SWARM_LISTEN_ADDR].value = text_of(body, STR("ListenAddr"));
    swarm[SWARM_REMOTE_ADDRS].value = view_share_list(node_get(body, STR("RemoteAddrs")));
    set_rotations(query, swarm);
}

enum { NODE_AVAILABILITY, NODE_FORCE, NODE_LABELS, NODE_NAME, NODE_ROLE };

static const struct member node_shape[] = {
    [NODE_AVAILABILITY] = VIEW_FIELD("availability", NODE_NULL),
    [NODE_FORCE] = VIEW_FIELD("force", NODE_BOOL),
    [NODE_LABELS] = VIEW_FIELD("labels", NODE_MAP),
    [NODE_NAME] = VIEW_FIELD("name", NODE_NULL),
    [NODE_ROLE] = VIEW_FIELD("role", NODE_NULL),
};

void view_swarm_node(struct view *view, struct node *ret)
{
    const struct node *body = &view->request->body;
    struct member *node = VIEW_STRUCT(view, node_shape, ret);

    node[NODE_AVAILABILITY].value = text_of(body, STR("Availability"));
    node[NODE_FORCE].value = view_bool(query_bool(&view->request->line.query, STR("force")));
    node[NODE_LABELS].value = view_share_map(node_get(body, STR("Labels")));
    node[NODE_NAME].value = text_of(body, STR("Name"));
    node[NODE_ROLE].value = text_of(body, STR("Role"));
}

enum { DATA_BYTES, DATA_DRIVER, DATA_LABELS, DATA_NAME, DATA_TEMPLATING };

static const struct member data_shape[] = {
    [DATA_BYTES] = VIEW_FIELD("bytes", NODE_NULL),
    [DATA_DRIVER] = VIEW_FIELD("driver", NODE_NULL),
    [DATA_LABELS] = VIEW_FIELD("labels", NODE_MAP),
    [DATA_NAME] = VIEW_FIELD("name", NODE_NULL),
    [DATA_TEMPLATING] = VIEW_FIELD("templating", NODE_NULL),
};

/* The data itself stays out: rules have no need of it, and findings are logged. */
void view_swarm_data(struct view *view, struct node *ret)
{
    const struct node *body = &view->request->body;
    struct member *data = VIEW_STRUCT(view, data_shape, ret);

    data[DATA_BYTES].value = view_int((int64_t)node_string(node_get(body, STR("Data"))).len);
    data[DATA_DRIVER].value = text_of(node_get(body, STR("Driver")), STR("Name"));
    data[DATA_LABELS].value = view_share_map(node_get(body, STR("Labels")));
    data[DATA_NAME].value = text_of(body, STR("Name"));
    data[DATA_TEMPLATING].value = text_of(node_get(body, STR("Templating")), STR("Name"));
}
