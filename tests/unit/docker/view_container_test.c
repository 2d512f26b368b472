#include "view_check.h"

static struct view_check check;

static void create(const char *host_config)
{
    struct str body =
        arena_printf(&check.arena, "{\"Image\":\"bb\",\"HostConfig\":%s}", host_config);

    view_check_read(&check, "POST", "/v1.41/containers/create?name=web&platform=linux", body.ptr);
}

static void service(const char *container_spec, const char *rest)
{
    struct str body =
        arena_printf(&check.arena, "{\"Name\":\"s\",\"TaskTemplate\":{\"ContainerSpec\":%s}%s}",
                     container_spec, rest);

    view_check_read(&check, "POST", "/services/create", body.ptr);
}

static void says_nothing_where_nothing_is_asked(void)
{
    create("{}");
    CHECK_VIEW(&check, "container/name", "web");
    CHECK_VIEW(&check, "container/platform", "linux");
    CHECK_VIEW(&check, "container/privileged", "false");
    CHECK_VIEW(&check, "container/runtime", "nil");
    CHECK_VIEW(&check, "container/cgroup_parent", "nil");
    CHECK_VIEW(&check, "container/health", "nil");
    CHECK_VIEW(&check, "container/restart", "nil");
    CHECK_VIEW(&check, "container/init", "nil");
    CHECK_VIEW(&check, "container/devices", "#0");
    CHECK_VIEW(&check, "container/ports", "#0");
    CHECK_VIEW(&check, "container/labels", "#0");
    CHECK_VIEW(&check, "container/env", "#0");
    CHECK_VIEW(&check, "container/log/driver", "nil");
    CHECK_VIEW(&check, "container/limits/memory", "nil");
    CHECK_VIEW(&check, "container/no_such_field", "?");
    CHECK_VIEW(&check, "exec", "nil");
    CHECK_VIEW(&check, "container/image/name", "docker.io/library/bb");
    CHECK_VIEW(&check, "image/tag", "latest");
}

static void reads_simple_fields(void)
{
    view_check_read(
        &check, "POST", "/containers/create",
        "{\"Image\":\"bb\",\"Hostname\":\"h\",\"Cmd\":\"ls\",\"Entrypoint\":[\"/x\"],"
        "\"Env\":[\"A=1\",\"B\",\"A=2=3\",\"=x\"],\"Labels\":{\"a\":\"b\"},\"Tty\":true,"
        "\"ExposedPorts\":{\"80/tcp\":{}},\"Healthcheck\":{\"Test\":[\"NONE\"]},"
        "\"HostConfig\":{\"privileged\":true,\"Runtime\":\"io.containerd.runc.v2\","
        "\"CgroupParent\":\"/x\",\"PublishAllPorts\":true,\"ReadonlyRootfs\":true,"
        "\"Init\":false,\"LogConfig\":{\"Type\":\"none\",\"Config\":{\"k\":\"v\"}},"
        "\"RestartPolicy\":{\"Name\":\"on-failure\",\"MaximumRetryCount\":5},"
        "\"StorageOpt\":{\"size\":\"10G\"},\"GroupAdd\":[\"0\",\"docker\"],"
        "\"Sysctls\":{\"net/core/somaxconn\":\"1\",\"kernel.msgmax\":\"2\"}}}");
    CHECK_VIEW(&check, "container/hostname", "h");
    CHECK_VIEW(&check, "container/cmd/1", "ls");
    CHECK_VIEW(&check, "container/entrypoint/1", "/x");
    CHECK_VIEW(&check, "container/env/A", "2=3");
    CHECK_VIEW(&check, "container/env/B", "");
    CHECK_VIEW(&check, "container/env_list", "#4");
    CHECK_VIEW(&check, "container/env_list/1/value", "1");
    CHECK_VIEW(&check, "container/env_list/2/value", "nil");
    CHECK_VIEW(&check, "container/env_list/3/via", "Env[3]");
    CHECK_VIEW(&check, "container/labels/a", "b");
    CHECK_VIEW(&check, "container/tty", "true");
    CHECK_VIEW(&check, "container/exposed/1", "80/tcp");
    CHECK_VIEW(&check, "container/health/kind", "none");
    CHECK_VIEW(&check, "container/privileged", "true");
    CHECK_VIEW(&check, "container/runtime", "runc");
    CHECK_VIEW(&check, "container/cgroup_parent", "/x");
    CHECK_VIEW(&check, "container/publish_all", "true");
    CHECK_VIEW(&check, "container/readonly_rootfs", "true");
    CHECK_VIEW(&check, "container/init", "false");
    CHECK_VIEW(&check, "container/log/driver", "none");
    CHECK_VIEW(&check, "container/log/options/k", "v");
    CHECK_VIEW(&check, "container/restart/name", "on-failure");
    CHECK_VIEW(&check, "container/restart/max", "5");
    CHECK_VIEW(&check, "container/storage/size", "10737418240");
    CHECK_VIEW(&check, "container/groups/1/gid", "0");
    CHECK_VIEW(&check, "container/groups/2/name", "docker");
    CHECK_VIEW(&check, "container/sysctls/net.core.somaxconn", "1");
    CHECK_VIEW(&check, "container/sysctls/kernel.msgmax", "2");
}

static void tells_the_user(void)
{
    view_check_read(&check, "POST", "/containers/create", "{\"Image\":\"bb\",\"User\":\"+0:5\"}");
    CHECK_VIEW(&check, "container/user/raw", "+0:5");
    CHECK_VIEW(&check, "container/user/numeric", "true");
    CHECK_VIEW(&check, "container/user/uid", "0");
    CHECK_VIEW(&check, "container/user/gid", "5");
    CHECK_VIEW(&check, "container/user/root", "true");
    CHECK_VIEW(&check, "container/user/name", "nil");
    view_check_read(&check, "POST", "/containers/create", "{\"Image\":\"bb\",\"User\":\"app:g\"}");
    CHECK_VIEW(&check, "container/user/numeric", "false");
    CHECK_VIEW(&check, "container/user/name", "app");
    CHECK_VIEW(&check, "container/user/group", "g");
    CHECK_VIEW(&check, "container/user/root", "nil");
}

static void folds_capabilities(void)
{
    create("{\"CapAdd\":[\"cap_sys_admin\",\"NET_RAW\",\"net_raw\"],\"CapDrop\":\"all\"}");
    CHECK_VIEW(&check, "container/caps/add", "#2");
    CHECK_VIEW(&check, "container/caps/add/SYS_ADMIN", "true");
    CHECK_VIEW(&check, "container/caps/add/NET_RAW", "true");
    CHECK_VIEW(&check, "container/caps/drop/ALL", "true");
    CHECK_VIEW(&check, "container/caps/drops_all", "true");
    CHECK_VIEW(&check, "container/caps/effective", "#2");
    CHECK_VIEW(&check, "container/caps/exact", "nil");
    create("{}");
    CHECK_VIEW(&check, "container/caps/effective", "#14");
    CHECK_VIEW(&check, "container/caps/effective/NET_RAW", "true");
    create("{\"CapAdd\":[\"ALL\"],\"CapDrop\":[\"SYS_ADMIN\"]}");
    CHECK_VIEW(&check, "container/caps/effective", "#40");
    CHECK_VIEW(&check, "container/caps/effective/SYS_ADMIN", "?");
    create("{\"CapDrop\":[\"CHOWN\"],\"Capabilities\":[]}");
    CHECK_VIEW(&check, "container/caps/effective", "#13");
    CHECK_VIEW(&check, "container/caps/exact", "#0");
    create("{\"Privileged\":true,\"CapAdd\":[\"CHOWN\"],\"CapDrop\":[\"ALL\",\"CHOWN\"]}");
    CHECK_VIEW(&check, "container/caps/effective", "#41");
    CHECK_VIEW(&check, "container/caps/add", "#1");
    service("{\"Image\":\"bb\",\"CapabilityAdd\":[\"CAP_BPF\"]}", "");
    CHECK_VIEW(&check, "container/caps/add/BPF", "true");
}

static void shows_namespaces_and_networks(void)
{
    view_check_read(
        &check, "POST", "/containers/create",
        "{\"Image\":\"bb\",\"HostConfig\":{\"NetworkMode\":\"web\",\"PidMode\":\"host\","
        "\"IpcMode\":\"container:db\",\"UTSMode\":\"HOST\",\"UsernsMode\":\"host\","
        "\"CgroupnsMode\":\"private\",\"Cgroup\":\"container:x\"},\"NetworkingConfig\":{"
        "\"EndpointsConfig\":{\"host\":null,\"a\":{\"Aliases\":[\"z\"],\"MacAddress\":"
        "\"02:42:ac:11:00:02\",\"IPAMConfig\":{\"IPv4Address\":\"10.0.0.2\"}}}}}");
    CHECK_VIEW(&check, "container/namespaces/network/kind", "named");
    CHECK_VIEW(&check, "container/namespaces/network/ref", "web");
    CHECK_VIEW(&check, "container/namespaces/pid/kind", "host");
    CHECK_VIEW(&check, "container/namespaces/pid/via", "HostConfig.PidMode");
    CHECK_VIEW(&check, "container/namespaces/ipc/kind", "container");
    CHECK_VIEW(&check, "container/namespaces/ipc/ref", "db");
    CHECK_VIEW(&check, "container/namespaces/uts/kind", "odd");
    CHECK_VIEW(&check, "container/namespaces/uts/raw", "HOST");
    CHECK_VIEW(&check, "container/namespaces/user/kind", "host");
    CHECK_VIEW(&check, "container/namespaces/cgroup/kind", "private");
    CHECK_VIEW(&check, "container/namespaces/cgroup_of/kind", "container");
    CHECK_VIEW(&check, "container/networks", "#2");
    CHECK_VIEW(&check, "container/networks/host/kind", "host");
    CHECK_VIEW(&check, "container/networks/host/via", "NetworkingConfig.EndpointsConfig[\"host\"]");
    CHECK_VIEW(&check, "container/networks/a/kind", "named");
    CHECK_VIEW(&check, "container/networks/a/aliases/1", "z");
    CHECK_VIEW(&check, "container/networks/a/ipv4", "10.0.0.2");
    CHECK_VIEW(&check, "container/networks/a/mac", "02:42:ac:11:00:02");
    service("{\"Image\":\"bb\"}", ",\"Networks\":[{\"Target\":\"host\"}]");
    CHECK_VIEW(&check, "container/networks/host/kind", "host");
    CHECK_VIEW(&check, "container/networks/host/via", "Networks[1]");
    CHECK_VIEW(&check, "container/namespaces/pid/kind", "default");
    view_check_read(&check, "POST", "/services/create",
                    "{\"TaskTemplate\":{\"Networks\":[{\"Target\":\"Host\"}]}}");
    CHECK_VIEW(&check, "container/networks/Host/kind", "odd");
    CHECK_VIEW(&check, "container/networks/Host/via", "TaskTemplate.Networks[1]");
}

static void lists_devices(void)
{
    create("{\"Devices\":[{\"PathOnHost\":\"/dev/../etc\",\"PathInContainer\":\"/x\","
           "\"CgroupPermissions\":\"rwm\"},{\"PathOnHost\":\"dev/sda\"},{\"PathOnHost\":"
           "\"/dev/snd/\"},{\"PathOnHost\":\"/dev/fuse\"}],\"DeviceCgroupRules\":[\"a\"],"
           "\"DeviceRequests\":[{\"Driver\":\"cdi\",\"DeviceIDs\":[\"nvidia.com/gpu=all\"]},"
           "{\"Count\":-1,\"Capabilities\":[[\"gpu\",\"nvidia\"]]}]}");
    CHECK_VIEW(&check, "container/devices/1/path", "/etc");
    CHECK_VIEW(&check, "container/devices/1/raw", "/dev/../etc");
    CHECK_VIEW(&check, "container/devices/1/directory", "true");
    CHECK_VIEW(&check, "container/devices/1/permissions", "rwm");
    CHECK_VIEW(&check, "container/devices/2/relative", "true");
    CHECK_VIEW(&check, "container/devices/3/directory", "true");
    CHECK_VIEW(&check, "container/devices/4/directory", "false");
    CHECK_VIEW(&check, "container/devices/4/relative", "false");
    CHECK_VIEW(&check, "container/devices/4/via", "HostConfig.Devices[4]");
    CHECK_VIEW(&check, "container/device_rules/1", "a");
    CHECK_VIEW(&check, "container/device_requests/1/cdi", "true");
    CHECK_VIEW(&check, "container/device_requests/1/gpu", "true");
    CHECK_VIEW(&check, "container/device_requests/2/cdi", "false");
    CHECK_VIEW(&check, "container/device_requests/2/count", "-1");
    CHECK_VIEW(&check, "container/device_requests/2/capabilities/nvidia", "true");
    CHECK_VIEW(&check, "container/gpus", "true");
}

static void lists_ports(void)
{
    create("{\"PortBindings\":{\"80/tcp\":[{\"HostPort\":\"8080\"},{\"HostIp\":\"127.0.0.1\","
           "\"HostPort\":\"1023-1030\"}],\"81/udp\":[],\"82\":null,\"83/tcp\":[{\"HostIp\":"
           "\"::ffff:0.0.0.0\",\"HostPort\":\"x\"}]}}");
    CHECK_VIEW(&check, "container/ports", "#5");
    CHECK_VIEW(&check, "container/ports/1/container", "80");
    CHECK_VIEW(&check, "container/ports/1/from", "8080");
    CHECK_VIEW(&check, "container/ports/1/to", "8080");
    CHECK_VIEW(&check, "container/ports/1/any_address", "true");
    CHECK_VIEW(&check, "container/ports/1/via", "HostConfig.PortBindings[\"80/tcp\"][1]");
    CHECK_VIEW(&check, "container/ports/2/from", "1023");
    CHECK_VIEW(&check, "container/ports/2/to", "1030");
    CHECK_VIEW(&check, "container/ports/2/address", "127.0.0.1");
    CHECK_VIEW(&check, "container/ports/2/any_address", "false");
    CHECK_VIEW(&check, "container/ports/3/proto", "udp");
    CHECK_VIEW(&check, "container/ports/3/from", "0");
    CHECK_VIEW(&check, "container/ports/3/any_address", "true");
    CHECK_VIEW(&check, "container/ports/4/container", "82");
    CHECK_VIEW(&check, "container/ports/5/valid", "false");
    CHECK_VIEW(&check, "container/ports/5/any_address", "true");
    service("{\"Image\":\"bb\"}",
            ",\"EndpointSpec\":{\"Ports\":[{\"TargetPort\":80,\"PublishedPort\":443,"
            "\"PublishMode\":\"host\"},{\"PublishedPort\":65536}]}");
    CHECK_VIEW(&check, "container/ports/1/from", "443");
    CHECK_VIEW(&check, "container/ports/1/mode", "host");
    CHECK_VIEW(&check, "container/ports/1/any_address", "true");
    CHECK_VIEW(&check, "container/ports/1/via", "EndpointSpec.Ports[1]");
    CHECK_VIEW(&check, "container/ports/2/mode", "ingress");
    CHECK_VIEW(&check, "container/ports/2/valid", "false");
}

static void folds_limits(void)
{
    create("{\"Memory\":0,\"MemorySwap\":-1,\"PidsLimit\":null,\"CpuQuota\":-1,\"ShmSize\":0}");
    CHECK_VIEW(&check, "container/limits/memory", "nil");
    CHECK_VIEW(&check, "container/limits/swap", "nil");
    CHECK_VIEW(&check, "container/limits/pids", "nil");
    CHECK_VIEW(&check, "container/limits/cpus", "nil");
    CHECK_VIEW(&check, "container/limits/oom_score_adj", "0");
    create("{\"Memory\":1,\"PidsLimit\":100,\"NanoCpus\":1500000000,\"ShmSize\":64,"
           "\"OomKillDisable\":true,\"OomScoreAdj\":-5,\"Ulimits\":[{\"Name\":\"nofile\","
           "\"Soft\":1,\"Hard\":-1}],\"CpusetCpus\":\"0-1\"}");
    CHECK_VIEW(&check, "container/limits/memory", "1");
    CHECK_VIEW(&check, "container/limits/pids", "100");
    CHECK_VIEW(&check, "container/limits/cpus", "1.5");
    CHECK_VIEW(&check, "container/limits/shm", "64");
    CHECK_VIEW(&check, "container/limits/oom_kill_off", "true");
    CHECK_VIEW(&check, "container/limits/oom_score_adj", "-5");
    CHECK_VIEW(&check, "container/limits/ulimits/nofile/hard", "-1");
    CHECK_VIEW(&check, "container/limits/cpuset", "0-1");
    create("{\"PidsLimit\":-1,\"CpuQuota\":50000}");
    CHECK_VIEW(&check, "container/limits/pids", "nil");
    CHECK_VIEW(&check, "container/limits/cpus", "0.5");
    view_check_read(&check, "POST", "/services/create",
                    "{\"TaskTemplate\":{\"Resources\":{\"Limits\":{\"MemoryBytes\":5,\"NanoCPUs\":"
                    "250000000,\"Pids\":7}}}}");
    CHECK_VIEW(&check, "container/limits/memory", "5");
    CHECK_VIEW(&check, "container/limits/pids", "7");
    CHECK_VIEW(&check, "container/limits/cpus", "0.25");
}

static void drops_what_the_engine_drops_of_old_services(void)
{
    const char *body = "{\"TaskTemplate\":{\"Resources\":{\"Limits\":{\"Pids\":7}},"
                       "\"ContainerSpec\":{\"CapabilityDrop\":[\"ALL\"]}}}";

    view_check_read(&check, "POST", "/v1.41/services/create", body);
    CHECK_VIEW(&check, "container/limits/pids", "7");
    CHECK_VIEW(&check, "container/caps/drops_all", "true");
    view_check_read(&check, "POST", "/v1.40/services/create", body);
    CHECK_VIEW(&check, "container/limits/pids", "nil");
    CHECK_VIEW(&check, "container/caps/drops_all", "false");
}

static void doubles_the_memory_where_nothing_is_said_of_swap(void)
{
    create("{\"Memory\":64}");
    CHECK_VIEW(&check, "container/limits/swap", "128");
    create("{\"Memory\":64,\"MemorySwap\":0}");
    CHECK_VIEW(&check, "container/limits/swap", "128");
    create("{\"Memory\":64,\"MemorySwap\":64}");
    CHECK_VIEW(&check, "container/limits/swap", "64");
    create("{\"Memory\":64,\"MemorySwap\":-1}");
    CHECK_VIEW(&check, "container/limits/swap", "nil");
    create("{\"Memory\":4611686018427387903}");
    CHECK_VIEW(&check, "container/limits/swap", "9223372036854775806");
    create("{\"Memory\":4611686018427387904}");
    CHECK_VIEW(&check, "container/limits/swap", "nil");
    view_check_read(&check, "POST", "/containers/x/update", "{\"Memory\":64}");
    CHECK_VIEW(&check, "update/limits/swap", "nil");
}

static void cleans_the_working_directory(void)
{
    view_check_read(&check, "POST", "/containers/create",
                    "{\"Image\":\"bb\",\"WorkingDir\":\"/a/../b//c/.\"}");
    CHECK_VIEW(&check, "container/working_dir", "/b/c");
    create("{}");
    CHECK_VIEW(&check, "container/working_dir", "nil");
    service("{\"Image\":\"bb\",\"Dir\":\"/a/./b\"}", "");
    CHECK_VIEW(&check, "container/working_dir", "/a/b");
}

static void says_what_an_update_lifts(void)
{
    view_check_read(&check, "POST", "/containers/x/update",
                    "{\"Memory\":0,\"PidsLimit\":0,\"MemorySwap\":-1,\"Devices\":[{\"PathOnHost\":"
                    "\"/dev/sda\"}],\"CgroupParent\":\"/x\",\"RestartPolicy\":{\"Name\":\"always\"}"
                    "}");
    CHECK_VIEW(&check, "update/lifts/memory", "false");
    CHECK_VIEW(&check, "update/lifts/pids", "true");
    CHECK_VIEW(&check, "update/lifts/swap", "true");
    CHECK_VIEW(&check, "update/devices/1/path", "/dev/sda");
    CHECK_VIEW(&check, "update/devices/1/via", "Devices[1]");
    CHECK_VIEW(&check, "update/cgroup_parent", "/x");
    CHECK_VIEW(&check, "update/restart/name", "always");
    view_check_read(&check, "POST", "/containers/x/update",
                    "{\"Memory\":-1,\"OomKillDisable\":true}");
    CHECK_VIEW(&check, "update/lifts/memory", "true");
    CHECK_VIEW(&check, "update/lifts/pids", "false");
    CHECK_VIEW(&check, "update/limits/oom_kill_off", "true");
}

int main(void)
{
    struct err err;

    CHECK(arena_init(&check.arena, 1 << 24, &err) == 0);
    says_nothing_where_nothing_is_asked();
    reads_simple_fields();
    tells_the_user();
    folds_capabilities();
    shows_namespaces_and_networks();
    lists_devices();
    lists_ports();
    folds_limits();
    drops_what_the_engine_drops_of_old_services();
    doubles_the_memory_where_nothing_is_said_of_swap();
    cleans_the_working_directory();
    says_what_an_update_lifts();
    arena_done(&check.arena);
    return 0;
}
