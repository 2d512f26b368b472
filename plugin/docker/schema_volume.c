#include "docker/schema_parts.h"

/* volume.ClusterVolumeSpec and its parts: API 1.42. */

static const struct field mount_access[] = {
    FIELD("FsType", schema_string),
    FIELD("MountFlags", schema_strings),
};
static const struct type mount_access_type = STRUCT_OF(mount_access);
static const struct type mount_access_pointer = POINTER_TO(mount_access_type);
static const struct type block_access_pointer = POINTER_TO(schema_empty);

static const struct field access_mode[] = {
    FIELD("Scope", schema_string),
    FIELD("Sharing", schema_string),
    FIELD("MountVolume", mount_access_pointer),
    FIELD("BlockVolume", block_access_pointer),
};
static const struct type access_mode_type = STRUCT_OF(access_mode);
static const struct type access_mode_pointer = POINTER_TO(access_mode_type);

static const struct field topology[] = {FIELD("Segments", schema_string_map)};
static const struct type topology_type = STRUCT_OF(topology);
static const struct type topologies = LIST_OF(topology_type);

static const struct field requirement[] = {
    FIELD("Requisite", topologies),
    FIELD("Preferred", topologies),
};
static const struct type requirement_type = STRUCT_OF(requirement);
static const struct type requirement_pointer = POINTER_TO(requirement_type);

static const struct field capacity[] = {
    FIELD("RequiredBytes", schema_int),
    FIELD("LimitBytes", schema_int),
};
static const struct type capacity_type = STRUCT_OF(capacity);
static const struct type capacity_pointer = POINTER_TO(capacity_type);

static const struct field secret[] = {
    FIELD("Key", schema_string),
    FIELD("Secret", schema_string),
};
static const struct type secret_type = STRUCT_OF(secret);
static const struct type secrets = LIST_OF(secret_type);

static const struct field cluster_spec[] = {
    FIELD("Group", schema_string),
    FIELD("AccessMode", access_mode_pointer),
    FIELD("AccessibilityRequirements", requirement_pointer),
    FIELD("CapacityRange", capacity_pointer),
    FIELD("Secrets", secrets),
    FIELD("Availability", schema_string),
};
static const struct type cluster_spec_type = STRUCT_OF(cluster_spec);
static const struct type cluster_spec_pointer = POINTER_TO(cluster_spec_type);

/* volume.CreateRequest; volume.VolumeCreateBody in 20.10. */
static const struct field create[] = {
    FIELD("ClusterVolumeSpec", cluster_spec_pointer),
    FIELD("Driver", schema_string),
    FIELD("DriverOpts", schema_string_map),
    FIELD("Labels", schema_string_map),
    FIELD("Name", schema_string),
};
const struct type schema_volume_create = STRUCT_OF(create);

/* volumebackend.UpdateOptions (API 1.42). */
static const struct field update[] = {FIELD("Spec", cluster_spec_pointer)};
const struct type schema_volume_update = STRUCT_OF(update);
