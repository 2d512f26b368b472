#include "docker/schema_parts.h"

/* mount.Mount, the same for containers (API 1.25) and services. */

/* NonRecursive: API 1.40; CreateMountpoint: 1.42; the read-only pair: 1.44. */
static const struct field bind_options[] = {
    FIELD("Propagation", schema_string),          FIELD("NonRecursive", schema_bool),
    FIELD("CreateMountpoint", schema_bool),       FIELD("ReadOnlyNonRecursive", schema_bool),
    FIELD("ReadOnlyForceRecursive", schema_bool),
};
static const struct type bind_options_type = STRUCT_OF(bind_options);
static const struct type bind_options_pointer = POINTER_TO(bind_options_type);

static const struct field driver[] = {
    FIELD("Name", schema_string),
    FIELD("Options", schema_string_map),
};
static const struct type driver_type = STRUCT_OF(driver);
static const struct type driver_pointer = POINTER_TO(driver_type);

/* Subpath: API 1.45. */
static const struct field volume_options[] = {
    FIELD("NoCopy", schema_bool),
    FIELD("Labels", schema_string_map),
    FIELD("Subpath", schema_string),
    FIELD("DriverConfig", driver_pointer),
};
static const struct type volume_options_type = STRUCT_OF(volume_options);
static const struct type volume_options_pointer = POINTER_TO(volume_options_type);

/* API 1.48. */
static const struct field image_options[] = {FIELD("Subpath", schema_string)};
static const struct type image_options_type = STRUCT_OF(image_options);
static const struct type image_options_pointer = POINTER_TO(image_options_type);

/* Mode is an os.FileMode; Options: API 1.46. */
static const struct field tmpfs_options[] = {
    FIELD("SizeBytes", schema_int),
    FIELD("Mode", schema_uint32),
    FIELD("Options", schema_string_lists),
};
static const struct type tmpfs_options_type = STRUCT_OF(tmpfs_options);
static const struct type tmpfs_options_pointer = POINTER_TO(tmpfs_options_type);

/* ClusterOptions, empty: API 1.42. */
static const struct type cluster_options_pointer = POINTER_TO(schema_empty);

static const struct field mount[] = {
    FIELD("Type", schema_string),
    FIELD("Source", schema_string),
    FIELD("Target", schema_string),
    FIELD("ReadOnly", schema_bool),
    FIELD("Consistency", schema_string),
    FIELD("BindOptions", bind_options_pointer),
    FIELD("VolumeOptions", volume_options_pointer),
    FIELD("ImageOptions", image_options_pointer),
    FIELD("TmpfsOptions", tmpfs_options_pointer),
    FIELD("ClusterOptions", cluster_options_pointer),
};
static const struct type mount_type = STRUCT_OF(mount);
const struct type schema_mounts = LIST_OF(mount_type);
