#include "docker/schema_parts.h"

/* Bodies that are about the cluster itself: api/types/swarm, swarm.go, node.go, secret.go and
 * config.go. swarm.Annotations is embedded, so its two fields are fields of each spec. */
#define ANNOTATIONS_FIELDS FIELD("Name", schema_string), FIELD("Labels", schema_string_map)

static const struct field driver[] = {
    FIELD("Name", schema_string),
    FIELD("Options", schema_string_map),
};
static const struct type driver_type = STRUCT_OF(driver);
const struct type schema_driver_pointer = POINTER_TO(driver_type);

static const struct field orchestration[] = {
    FIELD("TaskHistoryRetentionLimit", schema_int_pointer),
};
static const struct type orchestration_type = STRUCT_OF(orchestration);

static const struct field raft[] = {
    FIELD("SnapshotInterval", schema_uint),
    FIELD("KeepOldSnapshots", schema_uint_pointer),
    FIELD("LogEntriesForSlowFollowers", schema_uint),
    FIELD("ElectionTick", schema_int),
    FIELD("HeartbeatTick", schema_int),
};
static const struct type raft_type = STRUCT_OF(raft);

static const struct field dispatcher[] = {FIELD("HeartbeatPeriod", schema_int)};
static const struct type dispatcher_type = STRUCT_OF(dispatcher);

/* CACert: API 1.30. */
static const struct field external_ca[] = {
    FIELD("Protocol", schema_string),
    FIELD("URL", schema_string),
    FIELD("Options", schema_string_map),
    FIELD("CACert", schema_string),
};
static const struct type external_ca_type = STRUCT_OF(external_ca);
static const struct type external_ca_pointer = POINTER_TO(external_ca_type);
static const struct type external_cas = LIST_OF(external_ca_pointer);

/* The signing pair and ForceRotate: API 1.30. */
static const struct field ca[] = {
    FIELD("NodeCertExpiry", schema_int),   FIELD("ExternalCAs", external_cas),
    FIELD("SigningCACert", schema_string), FIELD("SigningCAKey", schema_string),
    FIELD("ForceRotate", schema_uint),
};
static const struct type ca_type = STRUCT_OF(ca);

static const struct field task_defaults[] = {FIELD("LogDriver", schema_driver_pointer)};
static const struct type task_defaults_type = STRUCT_OF(task_defaults);

/* API 1.25. */
static const struct field encryption[] = {FIELD("AutoLockManagers", schema_bool)};
static const struct type encryption_type = STRUCT_OF(encryption);

/* swarm.Spec. */
static const struct field spec[] = {
    ANNOTATIONS_FIELDS,
    FIELD("Orchestration", orchestration_type),
    FIELD("Raft", raft_type),
    FIELD("Dispatcher", dispatcher_type),
    FIELD("CAConfig", ca_type),
    FIELD("TaskDefaults", task_defaults_type),
    FIELD("EncryptionConfig", encryption_type),
};
const struct type schema_swarm_update = STRUCT_OF(spec);

/* swarm.InitRequest. DataPathAddr: API 1.31; DefaultAddrPool and SubnetSize: 1.39; DataPathPort:
 * 1.40. */
static const struct field init[] = {
    FIELD("ListenAddr", schema_string),       FIELD("AdvertiseAddr", schema_string),
    FIELD("DataPathAddr", schema_string),     FIELD("DataPathPort", schema_uint32),
    FIELD("ForceNewCluster", schema_bool),    FIELD("Spec", schema_swarm_update),
    FIELD("AutoLockManagers", schema_bool),   FIELD("Availability", schema_string),
    FIELD("DefaultAddrPool", schema_strings), FIELD("SubnetSize", schema_uint32),
};
const struct type schema_swarm_init = STRUCT_OF(init);

/* swarm.JoinRequest. */
static const struct field join[] = {
    FIELD("ListenAddr", schema_string),   FIELD("AdvertiseAddr", schema_string),
    FIELD("DataPathAddr", schema_string), FIELD("RemoteAddrs", schema_strings),
    FIELD("JoinToken", schema_string),    FIELD("Availability", schema_string),
};
const struct type schema_swarm_join = STRUCT_OF(join);

/* swarm.UnlockRequest. */
static const struct field unlock[] = {FIELD("UnlockKey", schema_string)};
const struct type schema_swarm_unlock = STRUCT_OF(unlock);

/* swarm.NodeSpec. */
static const struct field node[] = {
    ANNOTATIONS_FIELDS,
    FIELD("Role", schema_string),
    FIELD("Availability", schema_string),
};
const struct type schema_node = STRUCT_OF(node);

/* swarm.SecretSpec. Driver: API 1.31; Templating: 1.37. */
static const struct field secret[] = {
    ANNOTATIONS_FIELDS,
    FIELD("Data", schema_bytes),
    FIELD("Driver", schema_driver_pointer),
    FIELD("Templating", schema_driver_pointer),
};
const struct type schema_secret = STRUCT_OF(secret);

/* swarm.ConfigSpec (API 1.30). Templating: 1.37. */
static const struct field config[] = {
    ANNOTATIONS_FIELDS,
    FIELD("Data", schema_bytes),
    FIELD("Templating", schema_driver_pointer),
};
const struct type schema_config = STRUCT_OF(config);
