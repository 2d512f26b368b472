#include "docker/schema_parts.h"

/* container.HealthConfig. StartPeriod: API 1.29; StartInterval: 1.44. */
static const struct field health[] = {
    FIELD("Test", schema_strings),      FIELD("Interval", schema_int),
    FIELD("Timeout", schema_int),       FIELD("StartPeriod", schema_int),
    FIELD("StartInterval", schema_int), FIELD("Retries", schema_int),
};
static const struct type health_type = STRUCT_OF(health);
const struct type schema_health_pointer = POINTER_TO(health_type);

/* container.Config. StopTimeout and Shell: API 1.25; MacAddress: in the type until 28, read on its
 * own by later engines. Cmd, Entrypoint and Shell are []string from 29 on; the bare string that
 * engines before it take is taken here. */
#define CONFIG_FIELDS                                                                              \
    FIELD("Hostname", schema_string), FIELD("Domainname", schema_string),                          \
        FIELD("User", schema_string), FIELD("AttachStdin", schema_bool),                           \
        FIELD("AttachStdout", schema_bool), FIELD("AttachStderr", schema_bool),                    \
        FIELD("ExposedPorts", schema_empty_map), FIELD("Tty", schema_bool),                        \
        FIELD("OpenStdin", schema_bool), FIELD("StdinOnce", schema_bool),                          \
        FIELD("Env", schema_strings), FIELD("Cmd", schema_strslice),                               \
        FIELD("Healthcheck", schema_health_pointer), FIELD("ArgsEscaped", schema_bool),            \
        FIELD("Image", schema_string), FIELD("Volumes", schema_empty_map),                         \
        FIELD("WorkingDir", schema_string), FIELD("Entrypoint", schema_strslice),                  \
        FIELD("NetworkDisabled", schema_bool), FIELD("MacAddress", schema_string),                 \
        FIELD("OnBuild", schema_strings), FIELD("Labels", schema_string_map),                      \
        FIELD("StopSignal", schema_string), FIELD("StopTimeout", schema_int_pointer),              \
        FIELD("Shell", schema_strslice)

static const struct type host_config_pointer = POINTER_TO(schema_host_config);

/* container.CreateRequest; runconfig.ContainerConfigWrapper in engines up to 28. */
static const struct field create[] = {
    CONFIG_FIELDS,
    FIELD("HostConfig", host_config_pointer),
    FIELD("NetworkingConfig", schema_networking_pointer),
};
/* The wrapper of engines up to 26.1 embeds HostConfig a second time. */
const struct type schema_container_create = {
    .kind = KIND_STRUCT,
    .fields = create,
    .field_count = sizeof create / sizeof *create,
    .displaced = &schema_displaced,
};

/* POST /commit: container.Config. */
static const struct field config[] = {CONFIG_FIELDS};
const struct type schema_image_commit = STRUCT_OF(config);

/* POST /containers/{name}/start takes nothing from API 1.24 on. */
const struct type schema_container_start = EMPTY_STRUCT;

/* types.CopyConfig, gone with 24.0. */
static const struct field copy[] = {FIELD("Resource", schema_string)};
const struct type schema_container_copy = STRUCT_OF(copy);

static const struct type console_size_pointer = POINTER_TO(schema_console_size);

/* container.ExecCreateRequest; types.ExecConfig before 29. Env: API 1.25; WorkingDir: 1.35;
 * ConsoleSize: 1.42; Detach: until 28. */
static const struct field exec_create[] = {
    FIELD("User", schema_string),       FIELD("Privileged", schema_bool),
    FIELD("Tty", schema_bool),          FIELD("ConsoleSize", console_size_pointer),
    FIELD("AttachStdin", schema_bool),  FIELD("AttachStderr", schema_bool),
    FIELD("AttachStdout", schema_bool), FIELD("Detach", schema_bool),
    FIELD("DetachKeys", schema_string), FIELD("Env", schema_strings),
    FIELD("WorkingDir", schema_string), FIELD("Cmd", schema_strings),
};
const struct type schema_exec_create = STRUCT_OF(exec_create);

/* container.ExecStartRequest; types.ExecStartCheck before 29. ConsoleSize: API 1.42. */
static const struct field exec_start[] = {
    FIELD("Detach", schema_bool),
    FIELD("Tty", schema_bool),
    FIELD("ConsoleSize", console_size_pointer),
};
const struct type schema_exec_start = STRUCT_OF(exec_start);

/* checkpoint.CreateRequest. */
static const struct field checkpoint[] = {
    FIELD("CheckpointID", schema_string),
    FIELD("CheckpointDir", schema_string),
    FIELD("Exit", schema_bool),
};
const struct type schema_checkpoint_create = STRUCT_OF(checkpoint);
