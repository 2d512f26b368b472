#include "docker/view_namespaces.h"

enum { ONE_KIND, ONE_RAW, ONE_REF, ONE_VIA };

static const struct member one_shape[] = {
    [ONE_KIND] = VIEW_FIELD("kind", NODE_NULL),
    [ONE_RAW] = VIEW_FIELD("raw", NODE_NULL),
    [ONE_REF] = VIEW_FIELD("ref", NODE_NULL),
    [ONE_VIA] = VIEW_FIELD("via", NODE_NULL),
};

enum { ALL_CGROUP, ALL_CGROUP_OF, ALL_IPC, ALL_NETWORK, ALL_PID, ALL_USER, ALL_UTS };

static const struct member all_shape[] = {
    [ALL_CGROUP] = VIEW_FIELD("cgroup", NODE_NULL),
    [ALL_CGROUP_OF] = VIEW_FIELD("cgroup_of", NODE_NULL),
    [ALL_IPC] = VIEW_FIELD("ipc", NODE_NULL),
    [ALL_NETWORK] = VIEW_FIELD("network", NODE_NULL),
    [ALL_PID] = VIEW_FIELD("pid", NODE_NULL),
    [ALL_USER] = VIEW_FIELD("user", NODE_NULL),
    [ALL_UTS] = VIEW_FIELD("uts", NODE_NULL),
};

void view_namespaces_one(struct view *view, enum namespace_of of, struct str text, struct str via,
                         struct node *ret)
{
    struct member *one = VIEW_STRUCT(view, one_shape, ret);
    struct namespace_mode mode = namespace_mode_parse(of, text);

    one[ONE_KIND].value = view_string(namespace_mode_name(mode.kind));
    one[ONE_RAW].value = view_string(text);
    one[ONE_REF].value = view_text(mode.ref);
    one[ONE_VIA].value = view_string(via);
}

void view_namespaces(struct view *view, const struct node *const host[HOST_FIELDS],
                     struct node *ret)
{
    const struct {
        int at;
        enum namespace_of of;
        enum host_field field;
        struct str via;
    } each[] = {
        {ALL_CGROUP, NAMESPACE_OF_CGROUP, HOST_CGROUPNS_MODE, STR("HostConfig.CgroupnsMode")},
        {ALL_CGROUP_OF, NAMESPACE_OF_CGROUP_CONTAINER, HOST_CGROUP, STR("HostConfig.Cgroup")},
        {ALL_IPC, NAMESPACE_OF_IPC, HOST_IPC_MODE, STR("HostConfig.IpcMode")},
        {ALL_NETWORK, NAMESPACE_OF_NETWORK, HOST_NETWORK_MODE, STR("HostConfig.NetworkMode")},
        {ALL_PID, NAMESPACE_OF_PID, HOST_PID_MODE, STR("HostConfig.PidMode")},
        {ALL_USER, NAMESPACE_OF_USER, HOST_USERNS_MODE, STR("HostConfig.UsernsMode")},
        {ALL_UTS, NAMESPACE_OF_UTS, HOST_UTS_MODE, STR("HostConfig.UTSMode")},
    };
    struct member *all = VIEW_STRUCT(view, all_shape, ret);

    for (size_t i = 0; i < sizeof each / sizeof each[0]; i++)
        view_namespaces_one(view, each[i].of, host ? node_string(host[each[i].field]) : STR(""),
                            each[i].via, &all[each[i].at].value);
}
