#include "docker/schema_parts.h"

/* swarm.ServiceSpec, but for its tasks. */

static const struct field replicated[] = {FIELD("Replicas", schema_uint_pointer)};
static const struct type replicated_type = STRUCT_OF(replicated);
static const struct type replicated_pointer = POINTER_TO(replicated_type);
static const struct type empty_pointer = POINTER_TO(schema_empty);

/* Jobs: API 1.41. */
static const struct field replicated_job[] = {
    FIELD("MaxConcurrent", schema_uint_pointer),
    FIELD("TotalCompletions", schema_uint_pointer),
};
static const struct type replicated_job_type = STRUCT_OF(replicated_job);
static const struct type replicated_job_pointer = POINTER_TO(replicated_job_type);

static const struct field mode[] = {
    FIELD("Replicated", replicated_pointer),
    FIELD("Global", empty_pointer),
    FIELD("ReplicatedJob", replicated_job_pointer),
    FIELD("GlobalJob", empty_pointer),
};
static const struct type mode_type = STRUCT_OF(mode);

/* Monitor and MaxFailureRatio: API 1.25; Order: 1.29. */
static const struct field update[] = {
    FIELD("Parallelism", schema_uint),        FIELD("Delay", schema_int),
    FIELD("FailureAction", schema_string),    FIELD("Monitor", schema_int),
    FIELD("MaxFailureRatio", schema_float32), FIELD("Order", schema_string),
};
static const struct type update_type = STRUCT_OF(update);
static const struct type update_pointer = POINTER_TO(update_type);

/* PublishMode: API 1.25. */
static const struct field port[] = {
    FIELD("Name", schema_string),        FIELD("Protocol", schema_string),
    FIELD("TargetPort", schema_uint32),  FIELD("PublishedPort", schema_uint32),
    FIELD("PublishMode", schema_string),
};
static const struct type port_type = STRUCT_OF(port);
static const struct type ports = LIST_OF(port_type);

static const struct field endpoint[] = {
    FIELD("Mode", schema_string),
    FIELD("Ports", ports),
};
static const struct type endpoint_type = STRUCT_OF(endpoint);
static const struct type endpoint_pointer = POINTER_TO(endpoint_type);

/* RollbackConfig: API 1.28. Networks stands here in old clients' bodies and is still read: from 29
 * on by serviceWithLegacy in cluster_routes.go. */
static const struct field service[] = {
    FIELD("Name", schema_string),          FIELD("Labels", schema_string_map),
    FIELD("TaskTemplate", schema_task),    FIELD("Mode", mode_type),
    FIELD("UpdateConfig", update_pointer), FIELD("RollbackConfig", update_pointer),
    FIELD("Networks", schema_attachments), FIELD("EndpointSpec", endpoint_pointer),
};
const struct type schema_service = STRUCT_OF(service);
