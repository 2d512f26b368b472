#include "docker/line.h"
#include "docker/route.h"

#include "check.h"

struct row {
    struct str method;
    struct str path;
    struct str query;
    struct str action;
    struct str kind;
    struct str name;
    struct str parent;
};

#define ROW(method_, path_, query_, action_, kind_, name_, parent_)                                \
    {                                                                                              \
        STR_INIT(method_), STR_INIT(path_), STR_INIT(query_), STR_INIT(action_), STR_INIT(kind_),  \
            STR_INIT(name_), STR_INIT(parent_)                                                     \
    }

/* clang-format off */
static const struct row every_route[] = {
    ROW("GET", "/_ping", "", "system.ping", "", "", ""),
    ROW("HEAD", "/_ping", "", "system.ping", "", "", ""),
    ROW("GET", "/version", "", "system.version", "", "", ""),
    ROW("GET", "/info", "", "system.info", "", "", ""),
    ROW("GET", "/system/df", "", "system.df", "", "", ""),
    ROW("GET", "/events", "", "system.events", "", "", ""),
    ROW("POST", "/auth", "", "system.auth", "", "", ""),
    ROW("OPTIONS", "/any/thing", "", "system.options", "", "", ""),
    ROW("GET", "/containers/json", "", "container.list", "", "", ""),
    ROW("GET", "/containers/web/json", "", "container.inspect", "container", "web", ""),
    ROW("GET", "/containers/web/top", "", "container.top", "container", "web", ""),
    ROW("GET", "/containers/web/logs", "", "container.logs", "container", "web", ""),
    ROW("GET", "/containers/web/stats", "", "container.stats", "container", "web", ""),
    ROW("GET", "/containers/web/changes", "", "container.changes", "container", "web", ""),
    ROW("GET", "/containers/web/export", "", "container.export", "container", "web", ""),
    ROW("GET", "/containers/web/archive", "", "container.archive_get", "container", "web", ""),
    ROW("GET", "/containers/web/attach/ws", "", "container.attach_ws", "container", "web", ""),
    ROW("GET", "/containers/web/checkpoints", "", "checkpoint.list", "container", "web", ""),
    ROW("HEAD", "/containers/web/archive", "", "container.archive_stat", "container", "web", ""),
    ROW("PUT", "/containers/web/archive", "", "container.archive_put", "container", "web", ""),
    ROW("POST", "/containers/create", "", "container.create", "", "", ""),
    ROW("POST", "/containers/web/start", "", "container.start", "container", "web", ""),
    ROW("POST", "/containers/web/stop", "", "container.stop", "container", "web", ""),
    ROW("POST", "/containers/web/restart", "", "container.restart", "container", "web", ""),
    ROW("POST", "/containers/web/kill", "", "container.kill", "container", "web", ""),
    ROW("POST", "/containers/web/pause", "", "container.pause", "container", "web", ""),
    ROW("POST", "/containers/web/unpause", "", "container.unpause", "container", "web", ""),
    ROW("POST", "/containers/web/resize", "", "container.resize", "container", "web", ""),
    ROW("POST", "/containers/web/wait", "", "container.wait", "container", "web", ""),
    ROW("POST", "/containers/web/update", "", "container.update", "container", "web", ""),
    ROW("POST", "/containers/web/rename", "", "container.rename", "container", "web", ""),
    ROW("POST", "/containers/web/attach", "", "container.attach", "container", "web", ""),
    ROW("POST", "/containers/web/exec", "", "exec.create", "container", "web", ""),
    ROW("POST", "/exec/web/start", "", "exec.start", "exec", "web", ""),
    ROW("POST", "/exec/web/resize", "", "exec.resize", "exec", "web", ""),
    ROW("GET", "/exec/web/json", "", "exec.inspect", "exec", "web", ""),
    ROW("POST", "/containers/prune", "", "container.prune", "", "", ""),
    ROW("DELETE", "/containers/web", "", "container.delete", "container", "web", ""),
    ROW("POST", "/containers/web/copy", "", "container.copy", "container", "web", ""),
    ROW("POST", "/containers/web/checkpoints", "", "checkpoint.create", "container", "web", ""),
    ROW("DELETE", "/containers/web/checkpoints/cp1", "", "checkpoint.delete", "checkpoint", "cp1", "web"),
    ROW("POST", "/commit", "", "image.commit", "", "", ""),
    ROW("GET", "/images/json", "", "image.list", "", "", ""),
    ROW("GET", "/images/search", "", "image.search", "", "", ""),
    ROW("GET", "/images/get", "", "image.export", "", "", ""),
    ROW("GET", "/images/web/get", "", "image.export", "image", "web", ""),
    ROW("GET", "/images/web/history", "", "image.history", "image", "web", ""),
    ROW("GET", "/images/web/json", "", "image.inspect", "image", "web", ""),
    ROW("POST", "/images/load", "", "image.load", "", "", ""),
    ROW("POST", "/images/create", "fromImage=bb", "image.pull", "", "", ""),
    ROW("POST", "/images/create", "fromImage=", "image.import", "", "", ""),
    ROW("POST", "/images/web/push", "", "image.push", "image", "web", ""),
    ROW("POST", "/images/web/tag", "", "image.tag", "image", "web", ""),
    ROW("POST", "/images/prune", "", "image.prune", "", "", ""),
    ROW("DELETE", "/images/web", "", "image.delete", "image", "web", ""),
    ROW("GET", "/distribution/web/json", "", "image.distribution", "image", "web", ""),
    ROW("GET", "/images/web/attestations", "", "image.attestations", "image", "web", ""),
    ROW("POST", "/build", "", "build.run", "", "", ""),
    ROW("POST", "/build/prune", "", "build.prune", "", "", ""),
    ROW("POST", "/build/cancel", "", "build.cancel", "", "", ""),
    ROW("POST", "/session", "", "build.session", "", "", ""),
    ROW("POST", "/grpc", "", "build.grpc", "", "", ""),
    ROW("GET", "/networks", "", "network.list", "", "", ""),
    ROW("GET", "/networks/", "", "network.list", "", "", ""),
    ROW("GET", "/networks/web", "", "network.inspect", "network", "web", ""),
    ROW("POST", "/networks/create", "", "network.create", "", "", ""),
    ROW("POST", "/networks/web/connect", "", "network.connect", "network", "web", ""),
    ROW("POST", "/networks/web/disconnect", "", "network.disconnect", "network", "web", ""),
    ROW("POST", "/networks/prune", "", "network.prune", "", "", ""),
    ROW("DELETE", "/networks/web", "", "network.delete", "network", "web", ""),
    ROW("GET", "/volumes", "", "volume.list", "", "", ""),
    ROW("GET", "/volumes/web", "", "volume.inspect", "volume", "web", ""),
    ROW("POST", "/volumes/create", "", "volume.create", "", "", ""),
    ROW("PUT", "/volumes/web", "", "volume.update", "volume", "web", ""),
    ROW("POST", "/volumes/prune", "", "volume.prune", "", "", ""),
    ROW("DELETE", "/volumes/web", "", "volume.delete", "volume", "web", ""),
    ROW("GET", "/plugins", "", "plugin.list", "", "", ""),
    ROW("GET", "/plugins/web/json", "", "plugin.inspect", "plugin", "web", ""),
    ROW("GET", "/plugins/privileges", "", "plugin.privileges", "", "", ""),
    ROW("POST", "/plugins/pull", "", "plugin.pull", "", "", ""),
    ROW("POST", "/plugins/create", "", "plugin.create", "", "", ""),
    ROW("POST", "/plugins/web/enable", "", "plugin.enable", "plugin", "web", ""),
    ROW("POST", "/plugins/web/disable", "", "plugin.disable", "plugin", "web", ""),
    ROW("POST", "/plugins/web/push", "", "plugin.push", "plugin", "web", ""),
    ROW("POST", "/plugins/web/upgrade", "", "plugin.upgrade", "plugin", "web", ""),
    ROW("POST", "/plugins/web/set", "", "plugin.set", "plugin", "web", ""),
    ROW("DELETE", "/plugins/web", "", "plugin.delete", "plugin", "web", ""),
    ROW("GET", "/swarm", "", "swarm.inspect", "", "", ""),
    ROW("GET", "/swarm/unlockkey", "", "swarm.unlock_key", "", "", ""),
    ROW("POST", "/swarm/init", "", "swarm.init", "", "", ""),
    ROW("POST", "/swarm/join", "", "swarm.join", "", "", ""),
    ROW("POST", "/swarm/leave", "", "swarm.leave", "", "", ""),
    ROW("POST", "/swarm/update", "", "swarm.update", "", "", ""),
    ROW("POST", "/swarm/unlock", "", "swarm.unlock", "", "", ""),
    ROW("GET", "/services", "", "service.list", "", "", ""),
    ROW("GET", "/services/web", "", "service.inspect", "service", "web", ""),
    ROW("GET", "/services/web/logs", "", "service.logs", "service", "web", ""),
    ROW("POST", "/services/create", "", "service.create", "", "", ""),
    ROW("POST", "/services/web/update", "", "service.update", "service", "web", ""),
    ROW("DELETE", "/services/web", "", "service.delete", "service", "web", ""),
    ROW("GET", "/nodes", "", "node.list", "", "", ""),
    ROW("GET", "/nodes/web", "", "node.inspect", "node", "web", ""),
    ROW("POST", "/nodes/web/update", "", "node.update", "node", "web", ""),
    ROW("DELETE", "/nodes/web", "", "node.delete", "node", "web", ""),
    ROW("GET", "/tasks", "", "task.list", "", "", ""),
    ROW("GET", "/tasks/web", "", "task.inspect", "task", "web", ""),
    ROW("GET", "/tasks/web/logs", "", "task.logs", "task", "web", ""),
    ROW("GET", "/secrets", "", "secret.list", "", "", ""),
    ROW("GET", "/secrets/web", "", "secret.inspect", "secret", "web", ""),
    ROW("POST", "/secrets/create", "", "secret.create", "", "", ""),
    ROW("POST", "/secrets/web/update", "", "secret.update", "secret", "web", ""),
    ROW("DELETE", "/secrets/web", "", "secret.delete", "secret", "web", ""),
    ROW("GET", "/configs", "", "config.list", "", "", ""),
    ROW("GET", "/configs/web", "", "config.inspect", "config", "web", ""),
    ROW("POST", "/configs/create", "", "config.create", "", "", ""),
    ROW("POST", "/configs/web/update", "", "config.update", "config", "web", ""),
    ROW("DELETE", "/configs/web", "", "config.delete", "config", "web", ""),
    ROW("DELETE", "/debug/pprof/cmdline", "", "system.debug", "", "", ""),
};

/* How the engine's matcher takes names apart, and what falls outside the table. */
static const struct row odd_routes[] = {
    ROW("POST", "/containers/a/b/start", "", "container.start", "container", "a/b", ""),
    ROW("POST", "/images/create/tag", "", "image.tag", "image", "create", ""),
    ROW("POST", "/images/reg.io:5000/a/b/push", "", "image.push", "image", "reg.io:5000/a/b", ""),
    ROW("GET", "/images/json/json", "", "image.inspect", "image", "json", ""),
    ROW("GET", "/containers/json/json", "", "container.inspect", "container", "json", ""),
    ROW("GET", "/containers/a/json/json", "", "container.inspect", "container", "a/json", ""),
    ROW("DELETE", "/containers/create", "", "container.delete", "container", "create", ""),
    ROW("DELETE", "/containers/", "", "container.delete", "container", "", ""),
    ROW("DELETE", "/containers/a/b/checkpoints/c", "", "container.delete", "container", "a/b/checkpoints/c", ""),
    ROW("DELETE", "/containers/a/checkpoints/", "", "container.delete", "container", "a/checkpoints/", ""),
    ROW("GET", "/networks/a/b", "", "network.inspect", "network", "a/b", ""),
    ROW("GET", "/volumes/", "", "volume.inspect", "volume", "", ""),
    ROW("GET", "/plugins/privileges/json", "", "plugin.inspect", "plugin", "privileges", ""),
    ROW("POST", "/services/create/update", "", "service.update", "service", "create", ""),
    ROW("OPTIONS", "/containers/create", "", "system.options", "", "", ""),
    ROW("OPTIONS", "/", "", "system.options", "", "", ""),
    ROW("PATCH", "/debug/vars", "", "system.debug", "", "", ""),
    ROW("POST", "/images/create", "", "image.import", "", "", ""),
    ROW("POST", "/images/create", "fromSrc=-", "image.import", "", "", ""),
    ROW("POST", "/images/create", "FromImage=bb", "image.import", "", "", ""),
    ROW("POST", "/images/create", "fromImage=&fromImage=bb", "image.import", "", "", ""),
    ROW("POST", "/images/create", "from%49mage=bb&fromSrc=-", "image.pull", "", "", ""),
    ROW("GET", "/services/a/b", "", "unknown", "", "", ""),
    ROW("GET", "/services/", "", "unknown", "", "", ""),
    ROW("POST", "/containers/create/", "", "unknown", "", "", ""),
    ROW("GET", "/containers/a/json/", "", "unknown", "", "", ""),
    ROW("GET", "/containers", "", "unknown", "", "", ""),
    ROW("GET", "/Containers/json", "", "unknown", "", "", ""),
    ROW("post", "/containers/create", "", "unknown", "", "", ""),
    ROW("POSTX", "/containers/create", "", "unknown", "", "", ""),
    ROW("", "/containers/create", "", "unknown", "", "", ""),
    ROW("HEAD", "/containers/json", "", "unknown", "", "", ""),
    ROW("PUT", "/containers/create", "", "unknown", "", "", ""),
    ROW("PATCH", "/containers/create", "", "unknown", "", "", ""),
    ROW("GET", "/", "", "unknown", "", "", ""),
    ROW("GET", "/debug", "", "unknown", "", "", ""),
    ROW("GET", "/_pingx", "", "unknown", "", "", ""),
    ROW("GET", "/_pin", "", "unknown", "", "", ""),
    ROW("POST", "/v1.41/containers/create", "", "unknown", "", "", ""),
    ROW("POST", "/containers/a/future", "", "unknown", "", "", ""),
};
/* clang-format on */

enum {
    EVERY_ROUTE_COUNT = sizeof(every_route) / sizeof(every_route[0]),
    ODD_ROUTE_COUNT = sizeof(odd_routes) / sizeof(odd_routes[0]),
};

static struct arena arena;

static void check_row(const struct row *row)
{
    struct route_target target;
    struct query query;
    struct refusal refusal;

    CHECK(query_parse(row->query, &arena, &query, &refusal) == 0);

    const struct route *route = route_find(row->method, row->path, &query, &target);
    CHECK(str_eq(action_name(route->action), row->action));
    CHECK(str_eq(route_target_name(route->target), row->kind));
    CHECK(str_eq(target.name, row->name));
    CHECK(str_eq(target.parent, row->parent));
}

static void each_call_has_its_action_and_target(void)
{
    for (size_t i = 0; i < EVERY_ROUTE_COUNT; i++)
        check_row(&every_route[i]);
    for (size_t i = 0; i < ODD_ROUTE_COUNT; i++)
        check_row(&odd_routes[i]);
}

static void each_action_has_a_route_and_each_route_a_case(void)
{
    bool routed[ACTION_COUNT] = {[ACTION_UNKNOWN] = true};
    size_t routes = 0;

    for (const struct route *route; (route = route_at(routes)); routes++)
        routed[route->action] = true;
    for (int i = 0; i < ACTION_COUNT; i++)
        CHECK(routed[i]);
    CHECK(routes == EVERY_ROUTE_COUNT);
}

static void reads_never_need_a_body(void)
{
    for (size_t i = 0; route_at(i); i++) {
        const struct route *route = route_at(i);
        bool is_write = str_eq(route->method, STR("POST")) || str_eq(route->method, STR("PUT"));

        CHECK(is_write == (route->body_rule != BODY_IGNORED));
        if (!is_write)
            CHECK(route->body == NULL);
        if (route->body_rule == BODY_JSON || route->body_rule == BODY_JSON_OR_NULL ||
            route->body_rule == BODY_JSON_OR_EMPTY || route->body_rule == BODY_JSON_OPTIONAL)
            CHECK(route->body != NULL);
    }
}

static struct str repeated(struct str method, struct str path, struct str raw)
{
    struct query query;
    struct route_target target;
    struct refusal refusal;

    CHECK(query_parse(raw, &arena, &query, &refusal) == 0);
    return route_repeated(route_find(method, path, &query, &target), &query);
}

static void tells_what_is_sent_twice_where_the_engine_takes_the_first(void)
{
    struct str post = STR("POST");

    CHECK_STR(repeated(post, STR("/images/create"), STR("fromImage=a&tag=1&tag=2")), "tag");
    CHECK_STR(repeated(post, STR("/images/create"), STR("fromImage=a&from%49mage=b")), "fromImage");
    CHECK_STR(repeated(post, STR("/containers/create"), STR("name=a&name=a")), "name");
    CHECK_STR(repeated(post, STR("/containers/a/kill"), STR("signal=1&signal=")), "signal");
    CHECK_STR(repeated(post, STR("/build"), STR("remote=a&t=x&t=y&remote")), "remote");
    CHECK_STR(repeated(STR("PUT"), STR("/containers/a/archive"), STR("path=/a&path=/b")), "path");
    CHECK_STR(repeated(STR("GET"), STR("/containers/a/archive"), STR("path=/a&path=/b")), "path");
    CHECK_STR(repeated(post, STR("/services/a/update"), STR("version=1&version=2")), "version");
    /* Lists, other keys, other cases, other routes. */
    CHECK_STR(repeated(post, STR("/build"), STR("t=x&t=y&extrahosts=a&extrahosts=b")), "");
    CHECK_STR(repeated(post, STR("/images/load"), STR("platform=a&platform=b")), "");
    CHECK_STR(repeated(post, STR("/commit"), STR("changes=a&changes=b")), "");
    CHECK_STR(repeated(post, STR("/containers/create"), STR("name=a&Name=b&x=1&x=2")), "");
    CHECK_STR(repeated(STR("GET"), STR("/images/get"), STR("names=a&names=b")), "");
}

int main(void)
{
    struct err err;

    CHECK(arena_init(&arena, 1 << 20, &err) == 0);
    each_call_has_its_action_and_target();
    each_action_has_a_route_and_each_route_a_case();
    reads_never_need_a_body();
    tells_what_is_sent_twice_where_the_engine_takes_the_first();
    arena_done(&arena);
    return 0;
}
