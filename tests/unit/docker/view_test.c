#include "docker/view.h"

#include "view_check.h"

static struct view_check check;

static void tells_the_call(void)
{
    view_check_read(&check, "POST", "/v1.41/containers/%77eb/start?x=1&y=b%20c&x=2", NULL);
    CHECK_VIEW(&check, "action", "container.start");
    CHECK_VIEW(&check, "category", "container");
    CHECK_VIEW(&check, "verb", "start");
    CHECK_VIEW(&check, "class", "write");
    CHECK_VIEW(&check, "write", "true");
    CHECK_VIEW(&check, "phase", "request");
    CHECK_VIEW(&check, "method", "POST");
    CHECK_VIEW(&check, "uri", "/v1.41/containers/%77eb/start?x=1&y=b%20c&x=2");
    CHECK_VIEW(&check, "path", "/containers/web/start");
    CHECK_VIEW(&check, "api/major", "1");
    CHECK_VIEW(&check, "api/minor", "41");
    CHECK_VIEW(&check, "query/x", "1");
    CHECK_VIEW(&check, "query/y", "b c");
    CHECK_VIEW(&check, "query/z", "?");
    CHECK_VIEW(&check, "query_all/x", "#2");
    CHECK_VIEW(&check, "query_all/x/2", "2");
    CHECK_VIEW(&check, "query_all/y/1", "b c");
    CHECK_VIEW(&check, "target/kind", "container");
    CHECK_VIEW(&check, "target/name", "web");
    CHECK_VIEW(&check, "headers/content-length", "0");
    CHECK_VIEW(&check, "user/name", "alice");
    CHECK_VIEW(&check, "user/label", "alice");
    CHECK_VIEW(&check, "user/method", "TLS");
    CHECK_VIEW(&check, "user/anonymous", "false");
    CHECK_VIEW(&check, "user/cert", "nil");
    CHECK_VIEW(&check, "body_state", "none");
    CHECK_VIEW(&check, "raw", "nil");
}

static void tells_the_body(void)
{
    view_check_read(&check, "POST", "/containers/create",
                    "{\"image\":\"bb\",\"New\":1,\"HostConfig\":{\"Newer\":{}}}");
    CHECK_VIEW(&check, "api", "nil");
    CHECK_VIEW(&check, "body_state", "ok");
    CHECK_VIEW(&check, "raw/Image", "bb");
    CHECK_VIEW(&check, "unknown_fields", "#2");
    CHECK_VIEW(&check, "unknown_fields/2", "HostConfig.Newer");
    CHECK_VIEW(&check, "target/kind", "none");
    CHECK_VIEW(&check, "target/name", "");
}

static void tells_filters(void)
{
    view_check_read(&check, "POST",
                    "/containers/prune?filters=%7B%22label%22%3A%7B%22a%3Db%22%3Atrue%7D%2C%22"
                    "until%22%3A%5B%221h%22%5D%7D",
                    NULL);
    CHECK_VIEW(&check, "filters", "#2");
    CHECK_VIEW(&check, "filters/label/1", "a=b");
    CHECK_VIEW(&check, "filters/until/1", "1h");
    view_check_read(&check, "POST", "/containers/prune", NULL);
    CHECK_VIEW(&check, "filters", "#0");
    view_check_read(&check, "POST", "/containers/prune?filters=%7B%7D", NULL);
    CHECK_VIEW(&check, "filters", "#0");
    view_check_read(&check, "POST", "/containers/prune?filters=%7B", NULL);
    CHECK_VIEW(&check, "filters", "nil");
    view_check_read(&check, "POST", "/containers/prune?filters=%7B%22a%22%3A1%7D", NULL);
    CHECK_VIEW(&check, "filters/a", "#0");
}

static void shows_what_a_start_would_change(void)
{
    view_check_read(&check, "POST", "/v1.24/containers/x/start", "{\"Privileged\":true}");
    CHECK_VIEW(&check, "unknown_fields/1", "Privileged");
    view_check_read(&check, "POST", "/containers/x/start", "{}");
    CHECK_VIEW(&check, "unknown_fields", "#0");
}

static void tells_exec(void)
{
    view_check_read(&check, "POST", "/containers/x/exec",
                    "{\"Cmd\":[\"sh\"],\"Privileged\":true,\"User\":\"0\",\"Env\":[\"A=b\"],"
                    "\"Tty\":true}");
    CHECK_VIEW(&check, "exec/cmd/1", "sh");
    CHECK_VIEW(&check, "exec/privileged", "true");
    CHECK_VIEW(&check, "exec/root", "true");
    CHECK_VIEW(&check, "exec/user/uid", "0");
    CHECK_VIEW(&check, "exec/env/A", "b");
    CHECK_VIEW(&check, "exec/tty", "true");
    view_check_read(&check, "POST", "/containers/x/exec", "{\"Cmd\":[\"sh\"]}");
    CHECK_VIEW(&check, "exec/root", "nil");
    CHECK_VIEW(&check, "exec/user/raw", "");
}

static void tells_images(void)
{
    view_check_read(&check, "POST", "/images/create?fromImage=bb:v1&tag=v2", NULL);
    CHECK_VIEW(&check, "action", "image.pull");
    CHECK_VIEW(&check, "image/name", "docker.io/library/bb");
    CHECK_VIEW(&check, "image/tag", "v2");
    CHECK_VIEW(&check, "image/all_tags", "false");
    view_check_read(&check, "POST", "/images/create?fromImage=a.b/c:&platform=x", NULL);
    CHECK_VIEW(&check, "image/valid", "true");
    CHECK_VIEW(&check, "image/registry", "a.b");
    CHECK_VIEW(&check, "image/tag", "nil");
    CHECK_VIEW(&check, "image/all_tags", "true");
    view_check_read(&check, "POST",
                    "/images/create?fromImage=bb:v1&tag=sha256:0123456789abcdef0123456789abcdef"
                    "0123456789abcdef0123456789abcdef",
                    NULL);
    CHECK_VIEW(&check, "image/tag", "nil");
    CHECK_VIEW(&check, "image/digest",
               "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    view_check_read(&check, "POST",
                    "/images/create?fromSrc=http://x/y&repo=r&tag=t&changes=A&"
                    "changes=B",
                    NULL);
    CHECK_VIEW(&check, "action", "image.import");
    CHECK_VIEW(&check, "import/remote", "true");
    CHECK_VIEW(&check, "import/source", "http://x/y");
    CHECK_VIEW(&check, "import/changes/2", "B");
    CHECK_VIEW(&check, "image/tag", "t");
    view_check_read(&check, "POST", "/images/a.b/c/push?tag=t", NULL);
    CHECK_VIEW(&check, "image/repository", "c");
    CHECK_VIEW(&check, "image/tag", "t");
    view_check_read(&check, "POST", "/images/a.b/c/push", NULL);
    CHECK_VIEW(&check, "image/all_tags", "true");
    view_check_read(&check, "POST", "/images/bb/tag?repo=a.b/c", NULL);
    CHECK_VIEW(&check, "image/name", "a.b/c");
    CHECK_VIEW(&check, "image/tag", "latest");
    CHECK_VIEW(&check, "source_image/name", "docker.io/library/bb");
    view_check_read(&check, "POST", "/commit?container=web&repo=r&tag=t&changes=USER%200&pause=0",
                    "{\"User\":\"0\"}");
    CHECK_VIEW(&check, "commit/container", "web");
    CHECK_VIEW(&check, "commit/changes/1", "USER 0");
    CHECK_VIEW(&check, "commit/pause", "false");
    CHECK_VIEW(&check, "commit/user/root", "true");
    CHECK_VIEW(&check, "image/tag", "t");
    view_check_read(&check, "POST", "/commit?container=web", NULL);
    CHECK_VIEW(&check, "commit/pause", "true");
    CHECK_VIEW(&check, "image", "nil");
    view_check_read(&check, "DELETE", "/images/bb", NULL);
    CHECK_VIEW(&check, "image/repository", "library/bb");
    view_check_read(&check, "POST", "/images/load", NULL);
    CHECK_VIEW(&check, "image", "nil");
}

static void tells_builds(void)
{
    view_check_read(&check, "POST",
                    "/build?version=2&remote=client-session&session=s&t=a:1&t=b.c/d&networkmode="
                    "host&cgroupparent=/x&extrahosts=a:1&memory=5&buildargs=%7B%22A%22%3A%22b%22%7D"
                    "&ulimits=%5B%7B%22name%22%3A%22nofile%22%2C%22hard%22%3A9%7D%5D&outputs=%5B%7B"
                    "%22Type%22%3A%22image%22%7D%5D&labels=%7B",
                    NULL);
    CHECK_VIEW(&check, "build/buildkit", "true");
    CHECK_VIEW(&check, "build/context", "session");
    CHECK_VIEW(&check, "build/tags", "#2");
    CHECK_VIEW(&check, "build/tags/2/registry", "b.c");
    CHECK_VIEW(&check, "build/network/kind", "host");
    CHECK_VIEW(&check, "build/cgroup_parent", "/x");
    CHECK_VIEW(&check, "build/extra_hosts/1", "a:1");
    CHECK_VIEW(&check, "build/limits/memory", "5");
    CHECK_VIEW(&check, "build/limits/ulimits/nofile/hard", "9");
    CHECK_VIEW(&check, "build/args/A", "b");
    CHECK_VIEW(&check, "build/outputs/1/type", "image");
    CHECK_VIEW(&check, "build/unreadable", "#1");
    CHECK_VIEW(&check, "build/unreadable/1", "labels");
    view_check_read(&check, "POST", "/build?remote=https://x/y.git", NULL);
    CHECK_VIEW(&check, "build/context", "remote");
    CHECK_VIEW(&check, "build/version", "1");
    CHECK_VIEW(&check, "build/network/kind", "default");
    view_check_read(&check, "POST", "/build", NULL);
    CHECK_VIEW(&check, "build/context", "body");
}

static void tells_networks_and_volumes(void)
{
    view_check_read(&check, "POST", "/networks/create",
                    "{\"Name\":\"n\",\"Driver\":\"overlay\",\"Options\":{\"encrypted\":\"\"},"
                    "\"IPAM\":{\"Config\":[{\"Subnet\":\"10.0.0.0/8\"}]},\"Attachable\":true,"
                    "\"ConfigFrom\":{\"Network\":\"c\"}}");
    CHECK_VIEW(&check, "network/driver", "overlay");
    CHECK_VIEW(&check, "network/encrypted", "true");
    CHECK_VIEW(&check, "network/subnets/1", "10.0.0.0/8");
    CHECK_VIEW(&check, "network/attachable", "true");
    CHECK_VIEW(&check, "network/config_from", "c");
    view_check_read(&check, "POST", "/networks/create",
                    "{\"Name\":\"n\",\"Options\":{\"encrypted\":\"false\"}}");
    CHECK_VIEW(&check, "network/encrypted", "false");
    CHECK_VIEW(&check, "network/driver", "nil");
    view_check_read(&check, "POST", "/networks/host/connect", "{\"Container\":\"web\"}");
    CHECK_VIEW(&check, "network/kind", "host");
    CHECK_VIEW(&check, "network/container", "web");
    CHECK_VIEW(&check, "network/endpoint/kind", "host");
    view_check_read(&check, "POST", "/volumes/create",
                    "{\"Name\":\"v\",\"Labels\":{\"a\":\"b\"},\"ClusterVolumeSpec\":{}}");
    CHECK_VIEW(&check, "volume/name", "v");
    CHECK_VIEW(&check, "volume/driver", "local");
    CHECK_VIEW(&check, "volume/labels/a", "b");
    CHECK_VIEW(&check, "volume/cluster", "true");
}

static void tells_plugins(void)
{
    view_check_read(&check, "POST", "/plugins/pull?remote=a.b/c&name=mine",
                    "[{\"Name\":\"mount\",\"Value\":[\"/etc\"]}]");
    CHECK_VIEW(&check, "plugin/name", "mine");
    CHECK_VIEW(&check, "plugin/reference/name", "docker.io/library/mine");
    CHECK_VIEW(&check, "plugin/remote/name", "a.b/c");
    CHECK_VIEW(&check, "plugin/privileges/1/value/1", "/etc");
    view_check_read(&check, "POST", "/plugins/x/set", "[\"A=b\"]");
    CHECK_VIEW(&check, "plugin/name", "x");
    CHECK_VIEW(&check, "plugin/settings/1", "A=b");
    CHECK_VIEW(&check, "plugin/privileges", "#0");
    view_check_read(&check, "DELETE", "/plugins/x:latest?force=1", NULL);
    CHECK_VIEW(&check, "plugin/force", "true");
    CHECK_VIEW(&check, "plugin/reference/tag", "latest");
}

static void tells_swarms_and_services(void)
{
    view_check_read(&check, "POST", "/swarm/init",
                    "{\"ListenAddr\":\"0.0.0.0\",\"ForceNewCluster\":true,\"Spec\":{"
                    "\"EncryptionConfig\":{\"AutoLockManagers\":true}}}");
    CHECK_VIEW(&check, "swarm/listen_addr", "0.0.0.0");
    CHECK_VIEW(&check, "swarm/force_new_cluster", "true");
    CHECK_VIEW(&check, "swarm/autolock", "true");
    view_check_read(&check, "POST", "/swarm/update?version=1&rotateWorkerToken=true", "{}");
    CHECK_VIEW(&check, "swarm/rotate_worker_token", "true");
    CHECK_VIEW(&check, "swarm/autolock", "false");
    view_check_read(&check, "POST", "/nodes/n/update?version=1", "{\"Role\":\"manager\"}");
    CHECK_VIEW(&check, "node/role", "manager");
    view_check_read(&check, "POST", "/secrets/create", "{\"Name\":\"s\",\"Data\":\"YWJj\"}");
    CHECK_VIEW(&check, "secret/name", "s");
    CHECK_VIEW(&check, "secret/bytes", "3");
    CHECK_VIEW(&check, "config", "nil");
    view_check_read(
        &check, "POST", "/services/x/update?version=1&rollback=previous",
        "{\"Mode\":{\"Global\":{}},\"TaskTemplate\":{\"Runtime\":\"plugin\",\"PluginSpec\":{"
        "\"remote\":\"r\"},\"Placement\":{\"Constraints\":[\"a==b\"],\"Platforms\":[{\"OS\":"
        "\"linux\",\"Architecture\":\"amd64\"}],\"Preferences\":[{\"Spread\":{"
        "\"SpreadDescriptor\":\"node.id\"}}]},\"Resources\":{\"Reservations\":{"
        "\"GenericResources\":[{\"DiscreteResourceSpec\":{\"Kind\":\"gpu\",\"Value\":2}}]}}},"
        "\"UpdateConfig\":{\"Parallelism\":2,\"Delay\":1000000000}}");
    CHECK_VIEW(&check, "service/mode", "global");
    CHECK_VIEW(&check, "service/replicas", "nil");
    CHECK_VIEW(&check, "service/rollback", "previous");
    CHECK_VIEW(&check, "service/runtime", "plugin");
    CHECK_VIEW(&check, "service/plugin/remote", "r");
    CHECK_VIEW(&check, "service/constraints/1", "a==b");
    CHECK_VIEW(&check, "service/platforms/1", "linux/amd64");
    CHECK_VIEW(&check, "service/preferences/1", "node.id");
    CHECK_VIEW(&check, "service/generic_resources/1/kind", "gpu");
    CHECK_VIEW(&check, "service/generic_resources/1/value", "2");
    CHECK_VIEW(&check, "service/update_config/parallelism", "2");
    CHECK_VIEW(&check, "service/update_config/delay", "1");
    view_check_read(&check, "POST", "/services/create",
                    "{\"TaskTemplate\":{\"Runtime\":\"container\"},\"Mode\":{\"Replicated\":{"
                    "\"Replicas\":0}}}");
    CHECK_VIEW(&check, "service/runtime", "nil");
    CHECK_VIEW(&check, "service/replicas", "0");
    view_check_read(&check, "POST", "/services/create", "{}");
    CHECK_VIEW(&check, "service/replicas", "1");
}

/* Rules find fields by name and walk them in order: both need every struct and map sorted. */
static void check_sorted(const struct node *node)
{
    if (node->type == NODE_LIST)
        for (size_t i = 0; i < node->list.count; i++)
            check_sorted(&node->list.items[i]);
    if (node->type != NODE_MAP && (node->type != NODE_STRUCT || node->fields.of))
        return;
    for (size_t i = 0; i < node->fields.count; i++) {
        if (i > 0)
            CHECK(str_cmp(node->fields.members[i - 1].key, node->fields.members[i].key) < 0);
        check_sorted(&node->fields.members[i].value);
    }
}

static const char everything[] =
    "{\"Image\":\"a.b/c\",\"Env\":[\"B=1\",\"A=2\"],\"User\":\"1:2\",\"ExposedPorts\":{\"1\":{}},"
    "\"Healthcheck\":{\"Test\":[\"CMD\",\"x\"]},\"Volumes\":{\"/z\":{},\"/y/\":{}},\"HostConfig\":{"
    "\"Binds\":[\"/a/../b:/c\"],\"CapAdd\":[\"chown\"],\"CapDrop\":[\"ALL\"],\"Devices\":[{"
    "\"PathOnHost\":\"/dev//x\"}],\"DeviceRequests\":[{\"Capabilities\":[[\"gpu\",\"a\"]]}],"
    "\"GroupAdd\":[\"1\"],\"Mounts\":[{\"Type\":\"volume\",\"VolumeOptions\":{\"DriverConfig\":{"
    "\"Options\":{\"O\":\"x\",\"o\":\"bind\",\"device\":\"/x/.\"}}}}],\"PortBindings\":{\"2\":[{}],"
    "\"1\":[]},\"RestartPolicy\":{\"Name\":\"always\"},\"SecurityOpt\":[\"seccomp={}\",\"x\"],"
    "\"Sysctls\":{\"a/b\":\"1\",\"a.a\":\"2\"},\"Tmpfs\":{\"/t/"
    "\":\"size=1\"},\"Ulimits\":[{\"Name\":"
    "\"b\"},{\"Name\":\"a\"}],\"VolumesFrom\":[\"w\"],\"Capabilities\":[\"KILL\"]},"
    "\"NetworkingConfig\":{\"EndpointsConfig\":{\"n\":{\"Aliases\":[\"q\"]}}}}";

static const char service[] =
    "{\"EndpointSpec\":{\"Ports\":[{\"PublishedPort\":1}]},\"Networks\":[{\"Target\":\"a\"}],"
    "\"UpdateConfig\":{},\"TaskTemplate\":{\"ContainerSpec\":{\"Image\":\"b\",\"Env\":[\"A=b\"],"
    "\"Secrets\":[{\"SecretName\":\"s\",\"File\":{\"Name\":\"f\"}}],\"Mounts\":[{\"Type\":\"bind\","
    "\"Source\":\"/a/"
    ".\"}],\"Privileges\":{\"Seccomp\":{\"Mode\":\"custom\",\"Profile\":\"e30=\"}}},"
    "\"Placement\":{\"Platforms\":[{}],\"Preferences\":[{}]},\"Resources\":{\"Reservations\":{"
    "\"GenericResources\":[{}]}},\"RestartPolicy\":{}}}";

static const struct {
    const char *method, *uri, *body;
} calls[] = {
    {"POST", "/containers/create?name=a&b=c&a=d", everything},
    {"POST", "/services/create", service},
    {"POST", "/containers/x/update", "{\"Devices\":[{}],\"RestartPolicy\":{\"Name\":\"a\"}}"},
    {"POST", "/containers/x/exec", "{\"Cmd\":[\"a\"],\"Env\":[\"A=b\",\"C=d\"]}"},
    {"POST", "/containers/x/start?checkpoint-dir=/a/.", NULL},
    {"POST", "/build?t=a&t=b.c/d&outputs=%5B%7B%7D%5D&ulimits=%5B%7B%7D%5D&extrahosts=a", NULL},
    {"POST", "/networks/create", "{\"IPAM\":{\"Config\":[{}]},\"Options\":{\"a\":\"b\"}}"},
    {"POST", "/networks/a/connect", "{\"Container\":\"x\",\"EndpointConfig\":{}}"},
    {"POST", "/volumes/create", "{\"DriverOpts\":{\"o\":\"bind\",\"device\":\"/a/.\"}}"},
    {"POST", "/containers/prune?filters=%7B%22a%22%3A%5B%22b%22%5D%7D", NULL},
    {"POST", "/images/create?fromImage=bb&tag=x", NULL},
    {"POST", "/images/create?fromSrc=-&repo=r&changes=a", NULL},
    {"POST", "/commit?container=x&repo=r&changes=a", "{}"},
    {"POST", "/images/bb/tag?repo=r", NULL},
    {"POST", "/plugins/pull?remote=r", "[{\"Name\":\"a\"}]"},
    {"POST", "/swarm/init", "{}"},
    {"POST", "/nodes/x/update", "{}"},
    {"POST", "/configs/create", "{\"Name\":\"x\"}"},
};

static void walks_in_order(void)
{
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        view_check_read(&check, calls[i].method, calls[i].uri, calls[i].body);
        check_sorted(&check.request.view);
    }
}

/* From no memory at all up to enough: it fails cleanly, then succeeds. */
static void says_when_memory_ends(void)
{
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        struct arena small = check.arena;
        int status = -1;

        view_check_read(&check, calls[i].method, calls[i].uri, calls[i].body);
        small.used = check.arena.used;
        for (size_t room = 0; status < 0 && room < 1 << 17; room += 16) {
            small.cap = check.arena.used + room;
            small.used = check.arena.used;
            status = view_build(&check.request, &small);
            check_that(status < 0 || room > 0, __FILE__, __LINE__, calls[i].uri);
        }
        check_that(status == 0, __FILE__, __LINE__, calls[i].uri);
    }
}

int main(void)
{
    struct err err;

    CHECK(arena_init(&check.arena, 1 << 24, &err) == 0);
    tells_the_call();
    tells_the_body();
    tells_filters();
    shows_what_a_start_would_change();
    tells_exec();
    tells_images();
    tells_builds();
    tells_networks_and_volumes();
    tells_plugins();
    tells_swarms_and_services();
    walks_in_order();
    says_when_memory_ends();
    arena_done(&check.arena);
    return 0;
}
