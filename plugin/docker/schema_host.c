#include "docker/schema_parts.h"

/* container.HostConfig and what it is made of. */

static const struct field weight_device[] = {
    FIELD("Path", schema_string),
    FIELD("Weight", schema_uint16),
};
static const struct type weight_device_type = STRUCT_OF(weight_device);
static const struct type weight_device_pointer = POINTER_TO(weight_device_type);
static const struct type weight_devices = LIST_OF(weight_device_pointer);

static const struct field throttle_device[] = {
    FIELD("Path", schema_string),
    FIELD("Rate", schema_uint),
};
static const struct type throttle_device_type = STRUCT_OF(throttle_device);
static const struct type throttle_device_pointer = POINTER_TO(throttle_device_type);
static const struct type throttle_devices = LIST_OF(throttle_device_pointer);

static const struct field device[] = {
    FIELD("PathOnHost", schema_string),
    FIELD("PathInContainer", schema_string),
    FIELD("CgroupPermissions", schema_string),
};
static const struct type device_type = STRUCT_OF(device);
static const struct type devices = LIST_OF(device_type);

/* container.DeviceRequest: API 1.40. */
static const struct field device_request[] = {
    FIELD("Driver", schema_string),      FIELD("Count", schema_int),
    FIELD("DeviceIDs", schema_strings),  FIELD("Capabilities", schema_string_lists),
    FIELD("Options", schema_string_map),
};
static const struct type device_request_type = STRUCT_OF(device_request);
static const struct type device_requests = LIST_OF(device_request_type);

/* units.Ulimit of docker/go-units. */
static const struct field ulimit[] = {
    FIELD("Name", schema_string),
    FIELD("Hard", schema_int),
    FIELD("Soft", schema_int),
};
static const struct type ulimit_type = STRUCT_OF(ulimit);
static const struct type ulimit_pointer = POINTER_TO(ulimit_type);
const struct type schema_ulimits = LIST_OF(ulimit_pointer);

static const struct field restart_policy[] = {
    FIELD("Name", schema_string),
    FIELD("MaximumRetryCount", schema_int),
};
static const struct type restart_policy_type = STRUCT_OF(restart_policy);

static const struct field log_config[] = {
    FIELD("Type", schema_string),
    FIELD("Config", schema_string_map),
};
static const struct type log_config_type = STRUCT_OF(log_config);

/* nat.PortBinding; network.PortBinding from 29 on. Ports, the keys of the map, stay as they were
 * sent: from 29 on "80" and "80/tcp" are the same to the engine. */
static const struct field port_binding[] = {
    FIELD("HostIp", schema_string),
    FIELD("HostPort", schema_string),
};
static const struct type port_binding_type = STRUCT_OF(port_binding);
static const struct type port_bindings = LIST_OF(port_binding_type);
static const struct type port_map = MAP_OF(port_bindings);

/* container.Resources. NanoCpus and the realtime fields: API 1.25; DeviceCgroupRules: 1.28;
 * DeviceRequests: 1.40; KernelMemory: until 1.41; KernelMemoryTCP: 1.40 and 1.41. */
#define RESOURCES_FIELDS                                                                           \
    FIELD("CpuShares", schema_int), FIELD("Memory", schema_int), FIELD("NanoCpus", schema_int),    \
        FIELD("CgroupParent", schema_string), FIELD("BlkioWeight", schema_uint16),                 \
        FIELD("BlkioWeightDevice", weight_devices), FIELD("BlkioDeviceReadBps", throttle_devices), \
        FIELD("BlkioDeviceWriteBps", throttle_devices),                                            \
        FIELD("BlkioDeviceReadIOps", throttle_devices),                                            \
        FIELD("BlkioDeviceWriteIOps", throttle_devices), FIELD("CpuPeriod", schema_int),           \
        FIELD("CpuQuota", schema_int), FIELD("CpuRealtimePeriod", schema_int),                     \
        FIELD("CpuRealtimeRuntime", schema_int), FIELD("CpusetCpus", schema_string),               \
        FIELD("CpusetMems", schema_string), FIELD("Devices", devices),                             \
        FIELD("DeviceCgroupRules", schema_strings), FIELD("DeviceRequests", device_requests),      \
        FIELD("KernelMemory", schema_int), FIELD("KernelMemoryTCP", schema_int),                   \
        FIELD("MemoryReservation", schema_int), FIELD("MemorySwap", schema_int),                   \
        FIELD("MemorySwappiness", schema_int_pointer),                                             \
        FIELD("OomKillDisable", schema_bool_pointer), FIELD("PidsLimit", schema_int_pointer),      \
        FIELD("Ulimits", schema_ulimits), FIELD("CpuCount", schema_int),                           \
        FIELD("CpuPercent", schema_int), FIELD("IOMaximumIOps", schema_uint),                      \
        FIELD("IOMaximumBandwidth", schema_uint)

/* Mounts and Init: API 1.25; MaskedPaths and ReadonlyPaths: 1.38; Capabilities: 1.40, read by no
 * engine but refused by 29; CgroupnsMode: 1.41; Annotations: 1.43. CapAdd and CapDrop are []string
 * from 29 on, and Dns holds parsed addresses. */
#define HOST_CONFIG_FIELDS                                                                         \
    FIELD("Binds", schema_strings), FIELD("ContainerIDFile", schema_string),                       \
        FIELD("LogConfig", log_config_type), FIELD("NetworkMode", schema_string),                  \
        FIELD("PortBindings", port_map), FIELD("RestartPolicy", restart_policy_type),              \
        FIELD("AutoRemove", schema_bool), FIELD("VolumeDriver", schema_string),                    \
        FIELD("VolumesFrom", schema_strings), FIELD("ConsoleSize", schema_console_size),           \
        FIELD("Annotations", schema_string_map), FIELD("CapAdd", schema_strslice),                 \
        FIELD("CapDrop", schema_strslice), FIELD("Capabilities", schema_strings),                  \
        FIELD("CgroupnsMode", schema_string), FIELD("Dns", schema_strings),                        \
        FIELD("DnsOptions", schema_strings), FIELD("DnsSearch", schema_strings),                   \
        FIELD("ExtraHosts", schema_strings), FIELD("GroupAdd", schema_strings),                    \
        FIELD("IpcMode", schema_string), FIELD("Cgroup", schema_string),                           \
        FIELD("Links", schema_strings), FIELD("OomScoreAdj", schema_int),                          \
        FIELD("PidMode", schema_string), FIELD("Privileged", schema_bool),                         \
        FIELD("PublishAllPorts", schema_bool), FIELD("ReadonlyRootfs", schema_bool),               \
        FIELD("SecurityOpt", schema_strings), FIELD("StorageOpt", schema_string_map),              \
        FIELD("Tmpfs", schema_string_map), FIELD("UTSMode", schema_string),                        \
        FIELD("UsernsMode", schema_string), FIELD("ShmSize", schema_int),                          \
        FIELD("Sysctls", schema_string_map), FIELD("Runtime", schema_string),                      \
        FIELD("Isolation", schema_string), RESOURCES_FIELDS, FIELD("Mounts", schema_mounts),       \
        FIELD("MaskedPaths", schema_strings), FIELD("ReadonlyPaths", schema_strings),              \
        FIELD("Init", schema_bool_pointer)

static const struct field host_config[] = {HOST_CONFIG_FIELDS};
const struct type schema_host_config = STRUCT_OF(host_config);

/* runconfig.ContainerConfigWrapper up to 26.1: HostConfig's fields beside it, and Cpuset. */
static const struct field displaced[] = {HOST_CONFIG_FIELDS, FIELD("Cpuset", schema_string)};
const struct type schema_displaced = STRUCT_OF(displaced);

/* container.UpdateConfig. */
static const struct field update[] = {
    RESOURCES_FIELDS,
    FIELD("RestartPolicy", restart_policy_type),
};
const struct type schema_container_update = STRUCT_OF(update);
