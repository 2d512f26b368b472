#include "docker/route_table.h"

/* The routers of moby api/server/router (daemon/server/router since 29), in the order in which
 * daemon/command registers them: the first that fits takes the call. */

#define PULL_ONCE "fromImage fromSrc repo tag message platform"
#define ATTACH_ONCE "detachKeys logs stream stdin stdout stderr"
#define BUILD_ONCE                                                                                 \
    "remote dockerfile networkmode buildargs labels cachefrom ulimits outputs memory memswap "     \
    "cpushares cpuperiod cpuquota cpusetcpus cpusetmems cgroupparent shmsize target session "      \
    "buildid version platform isolation squash pull q nocache rm forcerm"

/* clang-format off */
#define ROUTE(action_, method_, pattern_, target_, rule_, once_)                                   \
    .action = ACTION_##action_, .method = STR_INIT(method_), .pattern = STR_INIT(pattern_),        \
    .target = TARGET_##target_, .body_rule = BODY_##rule_, .once = STR_INIT(once_)

#define GET(action, pattern, target, once) {ROUTE(action, "GET", pattern, target, IGNORED, once)}
#define HEAD(action, pattern, target, once) {ROUTE(action, "HEAD", pattern, target, IGNORED, once)}
#define DELETE(action, pattern, target, once)                                                      \
    {ROUTE(action, "DELETE", pattern, target, IGNORED, once)}
#define POST(action, pattern, target, rule, once) {ROUTE(action, "POST", pattern, target, rule, once)}
#define PUT(action, pattern, target, rule, once) {ROUTE(action, "PUT", pattern, target, rule, once)}
#define POST_JSON(action, pattern, target, rule, schema, once)                                     \
    {ROUTE(action, "POST", pattern, target, rule, once), .body = &schema_##schema}
#define PUT_JSON(action, pattern, target, rule, schema, once)                                      \
    {ROUTE(action, "PUT", pattern, target, rule, once), .body = &schema_##schema}

const struct route route_table[] = {
    /* checkpoint */
    GET(CHECKPOINT_LIST, "/containers/{name}/checkpoints", CONTAINER, "dir"),
    POST_JSON(CHECKPOINT_CREATE, "/containers/{name}/checkpoints", CONTAINER, JSON, checkpoint_create,
        ""),
    DELETE(CHECKPOINT_DELETE, "/containers/{id}/checkpoints/{id}", CHECKPOINT, "dir"),
    /* container */
    HEAD(CONTAINER_ARCHIVE_STAT, "/containers/{name}/archive", CONTAINER, "path"),
    GET(CONTAINER_LIST, "/containers/json", NONE, ""),
    GET(CONTAINER_EXPORT, "/containers/{name}/export", CONTAINER, ""),
    GET(CONTAINER_CHANGES, "/containers/{name}/changes", CONTAINER, ""),
    GET(CONTAINER_INSPECT, "/containers/{name}/json", CONTAINER, ""),
    GET(CONTAINER_TOP, "/containers/{name}/top", CONTAINER, "ps_args"),
    GET(CONTAINER_LOGS, "/containers/{name}/logs", CONTAINER, ""),
    GET(CONTAINER_STATS, "/containers/{name}/stats", CONTAINER, ""),
    GET(CONTAINER_ATTACH_WS, "/containers/{name}/attach/ws", CONTAINER, ATTACH_ONCE),
    GET(EXEC_INSPECT, "/exec/{name}/json", EXEC, ""),
    GET(CONTAINER_ARCHIVE_GET, "/containers/{name}/archive", CONTAINER, "path"),
    POST_JSON(CONTAINER_CREATE, "/containers/create", NONE, JSON, container_create,
        "name platform"),
    POST(CONTAINER_KILL, "/containers/{name}/kill", CONTAINER, NONE, "signal"),
    POST(CONTAINER_PAUSE, "/containers/{name}/pause", CONTAINER, NONE, ""),
    POST(CONTAINER_UNPAUSE, "/containers/{name}/unpause", CONTAINER, NONE, ""),
    POST(CONTAINER_RESTART, "/containers/{name}/restart", CONTAINER, NONE, "t signal"),
    POST_JSON(CONTAINER_START, "/containers/{name}/start", CONTAINER, NONE, container_start,
        "checkpoint checkpoint-dir detachKeys"),
    POST(CONTAINER_STOP, "/containers/{name}/stop", CONTAINER, NONE, "t signal"),
    POST(CONTAINER_WAIT, "/containers/{name}/wait", CONTAINER, NONE, "condition"),
    POST(CONTAINER_RESIZE, "/containers/{name}/resize", CONTAINER, NONE, "h w"),
    POST(CONTAINER_ATTACH, "/containers/{name}/attach", CONTAINER, NONE, ATTACH_ONCE),
    POST_JSON(CONTAINER_COPY, "/containers/{name}/copy", CONTAINER, JSON, container_copy, ""),
    POST_JSON(EXEC_CREATE, "/containers/{name}/exec", CONTAINER, JSON, exec_create, ""),
    POST_JSON(EXEC_START, "/exec/{name}/start", EXEC, JSON_OR_EMPTY, exec_start, ""),
    POST(EXEC_RESIZE, "/exec/{name}/resize", EXEC, NONE, "h w"),
    POST(CONTAINER_RENAME, "/containers/{name}/rename", CONTAINER, NONE, "name"),
    POST_JSON(CONTAINER_UPDATE, "/containers/{name}/update", CONTAINER, JSON, container_update, ""),
    POST(CONTAINER_PRUNE, "/containers/prune", NONE, NONE, "filters"),
    POST_JSON(IMAGE_COMMIT, "/commit", NONE, JSON_OPTIONAL, image_commit,
        "container repo tag comment author pause"),
    PUT(CONTAINER_ARCHIVE_PUT, "/containers/{name}/archive", CONTAINER, TAR,
        "path noOverwriteDirNonDir copyUIDGID"),
    DELETE(CONTAINER_DELETE, "/containers/{name}", CONTAINER, "force v link"),
    /* image */
    GET(IMAGE_LIST, "/images/json", NONE, ""),
    GET(IMAGE_SEARCH, "/images/search", NONE, "term"),
    GET(IMAGE_EXPORT, "/images/get", NONE, ""),
    GET(IMAGE_EXPORT, "/images/{name}/get", IMAGE, ""),
    GET(IMAGE_HISTORY, "/images/{name}/history", IMAGE, ""),
    GET(IMAGE_INSPECT, "/images/{name}/json", IMAGE, ""),
    GET(IMAGE_ATTESTATIONS, "/images/{name}/attestations", IMAGE, ""),
    POST(IMAGE_LOAD, "/images/load", NONE, TAR, "quiet"),
    {ROUTE(IMAGE_PULL, "POST", "/images/create", NONE, NONE, PULL_ONCE),
     .wants = STR_INIT("fromImage")},
    POST(IMAGE_IMPORT, "/images/create", NONE, TAR, PULL_ONCE),
    POST(IMAGE_PUSH, "/images/{name}/push", IMAGE, NONE, "tag platform"),
    POST(IMAGE_TAG, "/images/{name}/tag", IMAGE, NONE, "repo tag"),
    POST(IMAGE_PRUNE, "/images/prune", NONE, NONE, "filters"),
    DELETE(IMAGE_DELETE, "/images/{name}", IMAGE, "force noprune"),
    /* system */
    {ROUTE(SYSTEM_OPTIONS, "OPTIONS", "/{name}", NONE, IGNORED, "")},
    GET(SYSTEM_PING, "/_ping", NONE, ""),
    HEAD(SYSTEM_PING, "/_ping", NONE, ""),
    GET(SYSTEM_EVENTS, "/events", NONE, ""),
    GET(SYSTEM_INFO, "/info", NONE, ""),
    GET(SYSTEM_VERSION, "/version", NONE, ""),
    GET(SYSTEM_DF, "/system/df", NONE, ""),
    POST(SYSTEM_AUTH, "/auth", NONE, CREDENTIALS, ""),
    /* volume */
    GET(VOLUME_LIST, "/volumes", NONE, ""),
    GET(VOLUME_INSPECT, "/volumes/{name}", VOLUME, ""),
    POST_JSON(VOLUME_CREATE, "/volumes/create", NONE, JSON_OPTIONAL, volume_create, ""),
    POST(VOLUME_PRUNE, "/volumes/prune", NONE, NONE, "filters"),
    PUT_JSON(VOLUME_UPDATE, "/volumes/{name}", VOLUME, JSON, volume_update, "version"),
    DELETE(VOLUME_DELETE, "/volumes/{name}", VOLUME, "force"),
    /* build */
    POST(BUILD_RUN, "/build", NONE, TAR, BUILD_ONCE),
    POST(BUILD_PRUNE, "/build/prune", NONE, NONE,
        "all filters keep-storage reserved-space max-used-space min-free-space"),
    POST(BUILD_CANCEL, "/build/cancel", NONE, NONE, "id"),
    POST(BUILD_SESSION, "/session", NONE, NONE, ""),
    /* swarm */
    POST_JSON(SWARM_INIT, "/swarm/init", NONE, JSON, swarm_init, ""),
    POST_JSON(SWARM_JOIN, "/swarm/join", NONE, JSON, swarm_join, ""),
    POST(SWARM_LEAVE, "/swarm/leave", NONE, NONE, "force"),
    GET(SWARM_INSPECT, "/swarm", NONE, ""),
    GET(SWARM_UNLOCK_KEY, "/swarm/unlockkey", NONE, ""),
    POST_JSON(SWARM_UPDATE, "/swarm/update", NONE, JSON, swarm_update,
        "version rotateWorkerToken rotateManagerToken rotateManagerUnlockKey"),
    POST_JSON(SWARM_UNLOCK, "/swarm/unlock", NONE, JSON, swarm_unlock, ""),
    GET(SERVICE_LIST, "/services", NONE, ""),
    GET(SERVICE_INSPECT, "/services/{id}", SERVICE, ""),
    POST_JSON(SERVICE_CREATE, "/services/create", NONE, JSON, service, ""),
    POST_JSON(SERVICE_UPDATE, "/services/{id}/update", SERVICE, JSON, service,
        "version registryAuthFrom rollback"),
    DELETE(SERVICE_DELETE, "/services/{id}", SERVICE, ""),
    GET(SERVICE_LOGS, "/services/{id}/logs", SERVICE, ""),
    GET(NODE_LIST, "/nodes", NONE, ""),
    GET(NODE_INSPECT, "/nodes/{id}", NODE, ""),
    DELETE(NODE_DELETE, "/nodes/{id}", NODE, "force"),
    POST_JSON(NODE_UPDATE, "/nodes/{id}/update", NODE, JSON, node, "version"),
    GET(TASK_LIST, "/tasks", NONE, ""),
    GET(TASK_INSPECT, "/tasks/{id}", TASK, ""),
    GET(TASK_LOGS, "/tasks/{id}/logs", TASK, ""),
    GET(SECRET_LIST, "/secrets", NONE, ""),
    POST_JSON(SECRET_CREATE, "/secrets/create", NONE, JSON, secret, ""),
    DELETE(SECRET_DELETE, "/secrets/{id}", SECRET, ""),
    GET(SECRET_INSPECT, "/secrets/{id}", SECRET, ""),
    POST_JSON(SECRET_UPDATE, "/secrets/{id}/update", SECRET, JSON, secret, "version"),
    GET(CONFIG_LIST, "/configs", NONE, ""),
    POST_JSON(CONFIG_CREATE, "/configs/create", NONE, JSON, config, ""),
    DELETE(CONFIG_DELETE, "/configs/{id}", CONFIG, ""),
    GET(CONFIG_INSPECT, "/configs/{id}", CONFIG, ""),
    POST_JSON(CONFIG_UPDATE, "/configs/{id}/update", CONFIG, JSON, config, "version"),
    /* plugin */
    GET(PLUGIN_LIST, "/plugins", NONE, ""),
    GET(PLUGIN_INSPECT, "/plugins/{name}/json", PLUGIN, ""),
    GET(PLUGIN_PRIVILEGES, "/plugins/privileges", NONE, "remote"),
    DELETE(PLUGIN_DELETE, "/plugins/{name}", PLUGIN, "force"),
    POST(PLUGIN_ENABLE, "/plugins/{name}/enable", PLUGIN, NONE, "timeout"),
    POST(PLUGIN_DISABLE, "/plugins/{name}/disable", PLUGIN, NONE, "force"),
    /* Go clients send back the privileges that the engine named: null where there are none (moby
     * client/plugin_install.go, checkPluginPermissions). */
    POST_JSON(PLUGIN_PULL, "/plugins/pull", NONE, JSON_OR_NULL, plugin_privileges, "remote name"),
    POST(PLUGIN_PUSH, "/plugins/{name}/push", PLUGIN, NONE, ""),
    POST_JSON(PLUGIN_UPGRADE, "/plugins/{name}/upgrade", PLUGIN, JSON_OR_NULL, plugin_privileges,
        "remote"),
    POST_JSON(PLUGIN_SET, "/plugins/{name}/set", PLUGIN, JSON, plugin_set, ""),
    POST(PLUGIN_CREATE, "/plugins/create", NONE, TAR, "name"),
    /* distribution */
    GET(IMAGE_DISTRIBUTION, "/distribution/{name}/json", IMAGE, ""),
    /* network */
    GET(NETWORK_LIST, "/networks", NONE, ""),
    GET(NETWORK_LIST, "/networks/", NONE, ""),
    GET(NETWORK_INSPECT, "/networks/{name}", NETWORK, "scope"),
    POST_JSON(NETWORK_CREATE, "/networks/create", NONE, JSON, network_create, ""),
    POST_JSON(NETWORK_CONNECT, "/networks/{name}/connect", NETWORK, JSON, network_connect, ""),
    POST_JSON(NETWORK_DISCONNECT, "/networks/{name}/disconnect", NETWORK, JSON, network_disconnect,
        ""),
    POST(NETWORK_PRUNE, "/networks/prune", NONE, NONE, "filters"),
    DELETE(NETWORK_DELETE, "/networks/{name}", NETWORK, ""),
    /* debug */
    {ROUTE(SYSTEM_DEBUG, "", "/debug/{name}", NONE, IGNORED, "")},
    /* grpc */
    POST(BUILD_GRPC, "/grpc", NONE, NONE, ""),
};
/* clang-format on */

const size_t route_table_count = sizeof(route_table) / sizeof(route_table[0]);
