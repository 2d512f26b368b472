#include "docker/view_fields.h"

static const struct str config_names[CONFIG_FIELDS] = {
    [CONFIG_CMD] = VIEW_NAME("Cmd"),
    [CONFIG_DOMAINNAME] = VIEW_NAME("Domainname"),
    [CONFIG_ENTRYPOINT] = VIEW_NAME("Entrypoint"),
    [CONFIG_ENV] = VIEW_NAME("Env"),
    [CONFIG_EXPOSED_PORTS] = VIEW_NAME("ExposedPorts"),
    [CONFIG_HEALTHCHECK] = VIEW_NAME("Healthcheck"),
    [CONFIG_HOSTNAME] = VIEW_NAME("Hostname"),
    [CONFIG_HOST_CONFIG] = VIEW_NAME("HostConfig"),
    [CONFIG_IMAGE] = VIEW_NAME("Image"),
    [CONFIG_LABELS] = VIEW_NAME("Labels"),
    [CONFIG_NETWORKING_CONFIG] = VIEW_NAME("NetworkingConfig"),
    [CONFIG_OPEN_STDIN] = VIEW_NAME("OpenStdin"),
    [CONFIG_STOP_SIGNAL] = VIEW_NAME("StopSignal"),
    [CONFIG_TTY] = VIEW_NAME("Tty"),
    [CONFIG_USER] = VIEW_NAME("User"),
    [CONFIG_VOLUMES] = VIEW_NAME("Volumes"),
    [CONFIG_WORKING_DIR] = VIEW_NAME("WorkingDir"),
};

static const struct str host_names[HOST_FIELDS] = {
    [HOST_ANNOTATIONS] = VIEW_NAME("Annotations"),
    [HOST_AUTO_REMOVE] = VIEW_NAME("AutoRemove"),
    [HOST_BINDS] = VIEW_NAME("Binds"),
    [HOST_CAPABILITIES] = VIEW_NAME("Capabilities"),
    [HOST_CAP_ADD] = VIEW_NAME("CapAdd"),
    [HOST_CAP_DROP] = VIEW_NAME("CapDrop"),
    [HOST_CGROUP] = VIEW_NAME("Cgroup"),
    [HOST_CGROUPNS_MODE] = VIEW_NAME("CgroupnsMode"),
    [HOST_CGROUP_PARENT] = VIEW_NAME("CgroupParent"),
    [HOST_CPUSET_CPUS] = VIEW_NAME("CpusetCpus"),
    [HOST_CPU_PERIOD] = VIEW_NAME("CpuPeriod"),
    [HOST_CPU_QUOTA] = VIEW_NAME("CpuQuota"),
    [HOST_CPU_SHARES] = VIEW_NAME("CpuShares"),
    [HOST_DEVICES] = VIEW_NAME("Devices"),
    [HOST_DEVICE_CGROUP_RULES] = VIEW_NAME("DeviceCgroupRules"),
    [HOST_DEVICE_REQUESTS] = VIEW_NAME("DeviceRequests"),
    [HOST_DNS] = VIEW_NAME("Dns"),
    [HOST_EXTRA_HOSTS] = VIEW_NAME("ExtraHosts"),
    [HOST_GROUP_ADD] = VIEW_NAME("GroupAdd"),
    [HOST_INIT] = VIEW_NAME("Init"),
    [HOST_IPC_MODE] = VIEW_NAME("IpcMode"),
    [HOST_ISOLATION] = VIEW_NAME("Isolation"),
    [HOST_LINKS] = VIEW_NAME("Links"),
    [HOST_LOG_CONFIG] = VIEW_NAME("LogConfig"),
    [HOST_MASKED_PATHS] = VIEW_NAME("MaskedPaths"),
    [HOST_MEMORY] = VIEW_NAME("Memory"),
    [HOST_MEMORY_RESERVATION] = VIEW_NAME("MemoryReservation"),
    [HOST_MEMORY_SWAP] = VIEW_NAME("MemorySwap"),
    [HOST_MOUNTS] = VIEW_NAME("Mounts"),
    [HOST_NANO_CPUS] = VIEW_NAME("NanoCpus"),
    [HOST_NETWORK_MODE] = VIEW_NAME("NetworkMode"),
    [HOST_OOM_KILL_DISABLE] = VIEW_NAME("OomKillDisable"),
    [HOST_OOM_SCORE_ADJ] = VIEW_NAME("OomScoreAdj"),
    [HOST_PIDS_LIMIT] = VIEW_NAME("PidsLimit"),
    [HOST_PID_MODE] = VIEW_NAME("PidMode"),
    [HOST_PORT_BINDINGS] = VIEW_NAME("PortBindings"),
    [HOST_PRIVILEGED] = VIEW_NAME("Privileged"),
    [HOST_PUBLISH_ALL_PORTS] = VIEW_NAME("PublishAllPorts"),
    [HOST_READONLY_PATHS] = VIEW_NAME("ReadonlyPaths"),
    [HOST_READONLY_ROOTFS] = VIEW_NAME("ReadonlyRootfs"),
    [HOST_RESTART_POLICY] = VIEW_NAME("RestartPolicy"),
    [HOST_RUNTIME] = VIEW_NAME("Runtime"),
    [HOST_SECURITY_OPT] = VIEW_NAME("SecurityOpt"),
    [HOST_SHM_SIZE] = VIEW_NAME("ShmSize"),
    [HOST_STORAGE_OPT] = VIEW_NAME("StorageOpt"),
    [HOST_SYSCTLS] = VIEW_NAME("Sysctls"),
    [HOST_TMPFS] = VIEW_NAME("Tmpfs"),
    [HOST_ULIMITS] = VIEW_NAME("Ulimits"),
    [HOST_USERNS_MODE] = VIEW_NAME("UsernsMode"),
    [HOST_UTS_MODE] = VIEW_NAME("UTSMode"),
    [HOST_VOLUMES_FROM] = VIEW_NAME("VolumesFrom"),
    [HOST_VOLUME_DRIVER] = VIEW_NAME("VolumeDriver"),
};

static const struct str spec_names[SPEC_FIELDS] = {
    [SPEC_ARGS] = VIEW_NAME("Args"),
    [SPEC_CAPABILITY_ADD] = VIEW_NAME("CapabilityAdd"),
    [SPEC_CAPABILITY_DROP] = VIEW_NAME("CapabilityDrop"),
    [SPEC_COMMAND] = VIEW_NAME("Command"),
    [SPEC_CONFIGS] = VIEW_NAME("Configs"),
    [SPEC_DIR] = VIEW_NAME("Dir"),
    [SPEC_ENV] = VIEW_NAME("Env"),
    [SPEC_GROUPS] = VIEW_NAME("Groups"),
    [SPEC_HEALTHCHECK] = VIEW_NAME("Healthcheck"),
    [SPEC_HOSTNAME] = VIEW_NAME("Hostname"),
    [SPEC_HOSTS] = VIEW_NAME("Hosts"),
    [SPEC_IMAGE] = VIEW_NAME("Image"),
    [SPEC_INIT] = VIEW_NAME("Init"),
    [SPEC_ISOLATION] = VIEW_NAME("Isolation"),
    [SPEC_LABELS] = VIEW_NAME("Labels"),
    [SPEC_MOUNTS] = VIEW_NAME("Mounts"),
    [SPEC_OOM_SCORE_ADJ] = VIEW_NAME("OomScoreAdj"),
    [SPEC_OPEN_STDIN] = VIEW_NAME("OpenStdin"),
    [SPEC_PRIVILEGES] = VIEW_NAME("Privileges"),
    [SPEC_READ_ONLY] = VIEW_NAME("ReadOnly"),
    [SPEC_SECRETS] = VIEW_NAME("Secrets"),
    [SPEC_STOP_SIGNAL] = VIEW_NAME("StopSignal"),
    [SPEC_SYSCTLS] = VIEW_NAME("Sysctls"),
    [SPEC_TTY] = VIEW_NAME("TTY"),
    [SPEC_ULIMITS] = VIEW_NAME("Ulimits"),
    [SPEC_USER] = VIEW_NAME("User"),
};

void view_fields_config(const struct node *body, const struct node *ret[CONFIG_FIELDS])
{
    view_pick(body, config_names, CONFIG_FIELDS, ret);
}

void view_fields_host(const struct node *host_config, const struct node *ret[HOST_FIELDS])
{
    view_pick(host_config, host_names, HOST_FIELDS, ret);
}

void view_fields_spec(const struct node *container_spec, const struct node *ret[SPEC_FIELDS])
{
    view_pick(container_spec, spec_names, SPEC_FIELDS, ret);
}
