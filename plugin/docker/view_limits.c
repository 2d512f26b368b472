#include "docker/view_limits.h"

#include "docker/view_devices.h"

enum limit_field {
    LIMIT_CPU_SHARES,
    LIMIT_CPUS,
    LIMIT_CPUSET,
    LIMIT_MEMORY,
    LIMIT_MEMORY_RESERVATION,
    LIMIT_OOM_KILL_OFF,
    LIMIT_OOM_SCORE_ADJ,
    LIMIT_PIDS,
    LIMIT_SHM,
    LIMIT_SWAP,
    LIMIT_ULIMITS,
};

static const struct member limit_shape[] = {
    [LIMIT_CPU_SHARES] = VIEW_FIELD("cpu_shares", NODE_NULL),
    [LIMIT_CPUS] = VIEW_FIELD("cpus", NODE_NULL),
    [LIMIT_CPUSET] = VIEW_FIELD("cpuset", NODE_NULL),
    [LIMIT_MEMORY] = VIEW_FIELD("memory", NODE_NULL),
    [LIMIT_MEMORY_RESERVATION] = VIEW_FIELD("memory_reservation", NODE_NULL),
    [LIMIT_OOM_KILL_OFF] = VIEW_FIELD("oom_kill_off", NODE_BOOL),
    [LIMIT_OOM_SCORE_ADJ] = VIEW_FIELD("oom_score_adj", NODE_NULL),
    [LIMIT_PIDS] = VIEW_FIELD("pids", NODE_NULL),
    [LIMIT_SHM] = VIEW_FIELD("shm", NODE_NULL),
    [LIMIT_SWAP] = VIEW_FIELD("swap", NODE_NULL),
    [LIMIT_ULIMITS] = VIEW_FIELD("ulimits", NODE_MAP),
};

enum { ULIMIT_HARD, ULIMIT_SOFT };

static const struct member ulimit_shape[] = {
    [ULIMIT_HARD] = VIEW_FIELD("hard", NODE_NULL),
    [ULIMIT_SOFT] = VIEW_FIELD("soft", NODE_NULL),
};

enum { RESTART_MAX, RESTART_NAME };

static const struct member restart_shape[] = {
    [RESTART_MAX] = VIEW_FIELD("max", NODE_NULL),
    [RESTART_NAME] = VIEW_FIELD("name", NODE_NULL),
};

/* The scheduler's default period, in microseconds (kernel Documentation/scheduler/sched-bwc). */
static const double CPU_PERIOD_DEFAULT = 100000;

static struct node cpus_of(const struct node *nano, const struct node *quota,
                           const struct node *period)
{
    if (node_int(nano) > 0)
        return view_float((double)node_int(nano) / 1e9);
    if (node_int(quota) <= 0)
        return view_nil();
    return view_float((double)node_int(quota) /
                      (node_int(period) > 0 ? (double)node_int(period) : CPU_PERIOD_DEFAULT));
}

static void set_ulimits(struct view *view, const struct node *ulimits, struct node *ret)
{
    size_t count = node_count(ulimits);
    struct member *member = count ? view_map(view, count, ret) : NULL;

    for (size_t i = 0; member && i < count; i++, member++) {
        const struct node *one = node_item(ulimits, i);
        struct member *fields = VIEW_STRUCT(view, ulimit_shape, &member->value);

        member->key = node_string(node_get(one, STR("Name")));
        fields[ULIMIT_HARD].value = view_int(node_int(node_get(one, STR("Hard"))));
        fields[ULIMIT_SOFT].value = view_int(node_int(node_get(one, STR("Soft"))));
    }
    if (member)
        view_unique(ret);
}

static struct member *set_limits(struct view *view, const struct node *const host[HOST_FIELDS],
                                 struct node *ret)
{
    struct member *limits = VIEW_STRUCT(view, limit_shape, ret);

    limits[LIMIT_CPU_SHARES].value = view_above_zero(host[HOST_CPU_SHARES]);
    limits[LIMIT_CPUS].value =
        cpus_of(host[HOST_NANO_CPUS], host[HOST_CPU_QUOTA], host[HOST_CPU_PERIOD]);
    limits[LIMIT_CPUSET].value = view_text(node_string(host[HOST_CPUSET_CPUS]));
    limits[LIMIT_MEMORY].value = view_above_zero(host[HOST_MEMORY]);
    limits[LIMIT_MEMORY_RESERVATION].value = view_above_zero(host[HOST_MEMORY_RESERVATION]);
    limits[LIMIT_OOM_KILL_OFF].value = view_bool(node_bool(host[HOST_OOM_KILL_DISABLE]));
    limits[LIMIT_OOM_SCORE_ADJ].value = view_int(node_int(host[HOST_OOM_SCORE_ADJ]));
    limits[LIMIT_PIDS].value = view_above_zero(host[HOST_PIDS_LIMIT]);
    limits[LIMIT_SHM].value = view_above_zero(host[HOST_SHM_SIZE]);
    limits[LIMIT_SWAP].value = view_above_zero(host[HOST_MEMORY_SWAP]);
    set_ulimits(view, host[HOST_ULIMITS], &limits[LIMIT_ULIMITS].value);
    return limits;
}

/* Memory and swap together are limited to twice the memory where nothing is said of them; what
 * overflows is negative for the engine, and so no limit.
 * Source: moby daemon/daemon_unix.go, adaptContainerSettings. */
static struct node swap_default(int64_t memory)
{
    int64_t swap;

    if (memory <= 0 || __builtin_mul_overflow(memory, 2, &swap))
        return view_nil();
    return view_int(swap);
}

void view_limits_create(struct view *view, const struct node *const host[HOST_FIELDS],
                        struct node *ret)
{
    struct member *limits = set_limits(view, host, ret);

    if (node_int(host[HOST_MEMORY_SWAP]) == 0)
        limits[LIMIT_SWAP].value = swap_default(node_int(host[HOST_MEMORY]));
}

void view_limits_service(struct view *view, const struct node *const spec[SPEC_FIELDS],
                         const struct node *resources, struct node *ret)
{
    enum { API_PIDS = 41 }; /* dropped before (moby swarm router, adjustForAPIVersion) */
    struct member *limits = VIEW_STRUCT(view, limit_shape, ret);
    const struct node *most = node_get(resources, STR("Limits"));
    const struct node *least = node_get(resources, STR("Reservations"));

    limits[LIMIT_CPUS].value = cpus_of(node_get(most, STR("NanoCPUs")), NULL, NULL);
    limits[LIMIT_MEMORY].value = view_above_zero(node_get(most, STR("MemoryBytes")));
    limits[LIMIT_MEMORY_RESERVATION].value = view_above_zero(node_get(least, STR("MemoryBytes")));
    limits[LIMIT_OOM_SCORE_ADJ].value = view_int(node_int(spec[SPEC_OOM_SCORE_ADJ]));
    if (!line_is_before(&view->request->line, API_PIDS))
        limits[LIMIT_PIDS].value = view_above_zero(node_get(most, STR("Pids")));
    limits[LIMIT_SWAP].value = view_above_zero(node_get(resources, STR("SwapBytes")));
    set_ulimits(view, spec[SPEC_ULIMITS], &limits[LIMIT_ULIMITS].value);
}

void view_limits_build(struct view *view, const struct view_limits_build *build, struct node *ret)
{
    const struct node memory = view_int(build->memory);
    const struct node period = view_int(build->cpu_period);
    const struct node quota = view_int(build->cpu_quota);
    const struct node shares = view_int(build->cpu_shares);
    const struct node shm = view_int(build->shm);
    const struct node swap = view_int(build->swap);
    struct member *limits = VIEW_STRUCT(view, limit_shape, ret);

    limits[LIMIT_CPU_SHARES].value = view_above_zero(&shares);
    limits[LIMIT_CPUS].value = cpus_of(NULL, &quota, &period);
    limits[LIMIT_CPUSET].value = view_text(build->cpuset);
    limits[LIMIT_MEMORY].value = view_above_zero(&memory);
    limits[LIMIT_OOM_SCORE_ADJ].value = view_int(0);
    limits[LIMIT_SHM].value = view_above_zero(&shm);
    limits[LIMIT_SWAP].value = view_above_zero(&swap);
    set_ulimits(view, build->ulimits, &limits[LIMIT_ULIMITS].value);
}

void view_limits_restart(struct view *view, const struct node *policy, struct node *ret)
{
    struct str name = node_string(node_get(policy, STR("Name")));
    struct member *restart;

    if (name.len == 0)
        return;
    restart = VIEW_STRUCT(view, restart_shape, ret);
    restart[RESTART_NAME].value = view_string(name);
    restart[RESTART_MAX].value = view_above_zero(node_get(policy, STR("MaximumRetryCount")));
}

enum update_field {
    UPDATE_CGROUP_PARENT,
    UPDATE_DEVICE_REQUESTS,
    UPDATE_DEVICE_RULES,
    UPDATE_DEVICES,
    UPDATE_LIFTS,
    UPDATE_LIMITS,
    UPDATE_RESTART,
};

static const struct member update_shape[] = {
    [UPDATE_CGROUP_PARENT] = VIEW_FIELD("cgroup_parent", NODE_NULL),
    [UPDATE_DEVICE_REQUESTS] = VIEW_FIELD("device_requests", NODE_LIST),
    [UPDATE_DEVICE_RULES] = VIEW_FIELD("device_rules", NODE_LIST),
    [UPDATE_DEVICES] = VIEW_FIELD("devices", NODE_LIST),
    [UPDATE_LIFTS] = VIEW_FIELD("lifts", NODE_NULL),
    [UPDATE_LIMITS] = VIEW_FIELD("limits", NODE_NULL),
    [UPDATE_RESTART] = VIEW_FIELD("restart", NODE_NULL),
};

enum { LIFTS_CPUS, LIFTS_MEMORY, LIFTS_PIDS, LIFTS_SWAP };

static const struct member lifts_shape[] = {
    [LIFTS_CPUS] = VIEW_FIELD("cpus", NODE_BOOL),
    [LIFTS_MEMORY] = VIEW_FIELD("memory", NODE_BOOL),
    [LIFTS_PIDS] = VIEW_FIELD("pids", NODE_BOOL),
    [LIFTS_SWAP] = VIEW_FIELD("swap", NODE_BOOL),
};

/* In an update 0 leaves most limits as they are and a negative number takes them away; PidsLimit
 * is taken away by 0 too, since only its absence means "as it is".
 * Source: moby container/container_unix.go, UpdateContainer. */
static void set_lifts(struct view *view, const struct node *const host[HOST_FIELDS],
                      struct node *ret)
{
    struct member *lifts = VIEW_STRUCT(view, lifts_shape, ret);

    lifts[LIFTS_CPUS].value =
        view_bool(node_int(host[HOST_CPU_QUOTA]) < 0 || node_int(host[HOST_NANO_CPUS]) < 0);
    lifts[LIFTS_MEMORY].value = view_bool(node_int(host[HOST_MEMORY]) < 0);
    lifts[LIFTS_PIDS].value =
        view_bool(host[HOST_PIDS_LIMIT] && node_int(host[HOST_PIDS_LIMIT]) <= 0);
    lifts[LIFTS_SWAP].value = view_bool(node_int(host[HOST_MEMORY_SWAP]) < 0);
}

void view_limits_update(struct view *view, const struct node *body, struct node *ret)
{
    const struct node *host[HOST_FIELDS];
    struct member *update = VIEW_STRUCT(view, update_shape, ret);

    view_fields_host(body, host);
    update[UPDATE_CGROUP_PARENT].value = view_text(node_string(host[HOST_CGROUP_PARENT]));
    view_devices(view, host[HOST_DEVICES], STR("Devices"), &update[UPDATE_DEVICES].value);
    view_devices_requests(view, host[HOST_DEVICE_REQUESTS], STR("DeviceRequests"),
                          &update[UPDATE_DEVICE_REQUESTS].value);
    update[UPDATE_DEVICE_RULES].value = view_share_list(host[HOST_DEVICE_CGROUP_RULES]);
    set_lifts(view, host, &update[UPDATE_LIFTS].value);
    (void)set_limits(view, host, &update[UPDATE_LIMITS].value);
    view_limits_restart(view, host[HOST_RESTART_POLICY], &update[UPDATE_RESTART].value);
}
