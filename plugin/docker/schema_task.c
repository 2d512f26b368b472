#include "docker/schema_parts.h"

/* swarm.TaskSpec, but for its container. */

/* runtime.PluginSpec and its privileges (API 1.31); swarm.RuntimeSpec from 29 on. Here the engine
 * spells names in lower case. */
static const struct field plugin_privilege[] = {
    FIELD("name", schema_string),
    FIELD("description", schema_string),
    FIELD("value", schema_strings),
};
static const struct type plugin_privilege_type = STRUCT_OF(plugin_privilege);
static const struct type plugin_privilege_pointer = POINTER_TO(plugin_privilege_type);
static const struct type plugin_privileges = LIST_OF(plugin_privilege_pointer);

static const struct field plugin[] = {
    FIELD("name", schema_string),           FIELD("remote", schema_string),
    FIELD("privileges", plugin_privileges), FIELD("disabled", schema_bool),
    FIELD("env", schema_strings),
};
static const struct type plugin_type = STRUCT_OF(plugin);
static const struct type plugin_pointer = POINTER_TO(plugin_type);

static const struct field attachment_spec[] = {FIELD("ContainerID", schema_string)};
static const struct type attachment_spec_type = STRUCT_OF(attachment_spec);
static const struct type attachment_spec_pointer = POINTER_TO(attachment_spec_type);

static const struct field named_resource[] = {
    FIELD("Kind", schema_string),
    FIELD("Value", schema_string),
};
static const struct type named_resource_type = STRUCT_OF(named_resource);
static const struct type named_resource_pointer = POINTER_TO(named_resource_type);

static const struct field discrete_resource[] = {
    FIELD("Kind", schema_string),
    FIELD("Value", schema_int),
};
static const struct type discrete_resource_type = STRUCT_OF(discrete_resource);
static const struct type discrete_resource_pointer = POINTER_TO(discrete_resource_type);

static const struct field generic_resource[] = {
    FIELD("NamedResourceSpec", named_resource_pointer),
    FIELD("DiscreteResourceSpec", discrete_resource_pointer),
};
static const struct type generic_resource_type = STRUCT_OF(generic_resource);
static const struct type generic_resources = LIST_OF(generic_resource_type);

/* Pids: API 1.41. */
static const struct field limits[] = {
    FIELD("NanoCPUs", schema_int),
    FIELD("MemoryBytes", schema_int),
    FIELD("Pids", schema_int),
};
static const struct type limits_type = STRUCT_OF(limits);
static const struct type limits_pointer = POINTER_TO(limits_type);

/* GenericResources: API 1.32. */
static const struct field reservations[] = {
    FIELD("NanoCPUs", schema_int),
    FIELD("MemoryBytes", schema_int),
    FIELD("GenericResources", generic_resources),
};
static const struct type reservations_type = STRUCT_OF(reservations);
static const struct type reservations_pointer = POINTER_TO(reservations_type);

/* SwapBytes and MemorySwappiness: API 1.52. */
static const struct field resources[] = {
    FIELD("Limits", limits_pointer),
    FIELD("Reservations", reservations_pointer),
    FIELD("SwapBytes", schema_int_pointer),
    FIELD("MemorySwappiness", schema_int_pointer),
};
static const struct type resources_type = STRUCT_OF(resources);
static const struct type resources_pointer = POINTER_TO(resources_type);

static const struct field restart_policy[] = {
    FIELD("Condition", schema_string),
    FIELD("Delay", schema_int_pointer),
    FIELD("MaxAttempts", schema_uint_pointer),
    FIELD("Window", schema_int_pointer),
};
static const struct type restart_policy_type = STRUCT_OF(restart_policy);
static const struct type restart_policy_pointer = POINTER_TO(restart_policy_type);

static const struct field spread[] = {FIELD("SpreadDescriptor", schema_string)};
static const struct type spread_type = STRUCT_OF(spread);
static const struct type spread_pointer = POINTER_TO(spread_type);
static const struct field preference[] = {FIELD("Spread", spread_pointer)};
static const struct type preference_type = STRUCT_OF(preference);
static const struct type preferences = LIST_OF(preference_type);

static const struct field platform[] = {
    FIELD("Architecture", schema_string),
    FIELD("OS", schema_string),
};
static const struct type platform_type = STRUCT_OF(platform);
static const struct type platforms = LIST_OF(platform_type);

/* Preferences: API 1.27; Platforms: 1.30; MaxReplicas: 1.40. */
static const struct field placement[] = {
    FIELD("Constraints", schema_strings),
    FIELD("Preferences", preferences),
    FIELD("MaxReplicas", schema_uint),
    FIELD("Platforms", platforms),
};
static const struct type placement_type = STRUCT_OF(placement);
static const struct type placement_pointer = POINTER_TO(placement_type);

/* swarm.NetworkAttachmentConfig. DriverOpts: API 1.32. */
static const struct field attachment[] = {
    FIELD("Target", schema_string),
    FIELD("Aliases", schema_strings),
    FIELD("DriverOpts", schema_string_map),
};
static const struct type attachment_type = STRUCT_OF(attachment);
const struct type schema_attachments = LIST_OF(attachment_type);

/* Networks and ForceUpdate: API 1.25; Runtime and PluginSpec: 1.31. */
static const struct field task[] = {
    FIELD("ContainerSpec", schema_container_spec_pointer),
    FIELD("PluginSpec", plugin_pointer),
    FIELD("NetworkAttachmentSpec", attachment_spec_pointer),
    FIELD("Resources", resources_pointer),
    FIELD("RestartPolicy", restart_policy_pointer),
    FIELD("Placement", placement_pointer),
    FIELD("Networks", schema_attachments),
    FIELD("LogDriver", schema_driver_pointer),
    FIELD("ForceUpdate", schema_uint),
    FIELD("Runtime", schema_string),
};
const struct type schema_task = STRUCT_OF(task);
