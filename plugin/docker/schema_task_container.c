#include "docker/schema_parts.h"

/* swarm.ContainerSpec. */

/* Config: API 1.40. */
static const struct field credential[] = {
    FIELD("Config", schema_string),
    FIELD("File", schema_string),
    FIELD("Registry", schema_string),
};
static const struct type credential_type = STRUCT_OF(credential);
static const struct type credential_pointer = POINTER_TO(credential_type);

static const struct field selinux[] = {
    FIELD("Disable", schema_bool), FIELD("User", schema_string),  FIELD("Role", schema_string),
    FIELD("Type", schema_string),  FIELD("Level", schema_string),
};
static const struct type selinux_type = STRUCT_OF(selinux);
static const struct type selinux_pointer = POINTER_TO(selinux_type);

static const struct field seccomp[] = {
    FIELD("Mode", schema_string),
    FIELD("Profile", schema_bytes),
};
static const struct type seccomp_type = STRUCT_OF(seccomp);
static const struct type seccomp_pointer = POINTER_TO(seccomp_type);

static const struct field apparmor[] = {FIELD("Mode", schema_string)};
static const struct type apparmor_type = STRUCT_OF(apparmor);
static const struct type apparmor_pointer = POINTER_TO(apparmor_type);

/* Seccomp, AppArmor and NoNewPrivileges: API 1.44. */
static const struct field privileges[] = {
    FIELD("CredentialSpec", credential_pointer), FIELD("SELinuxContext", selinux_pointer),
    FIELD("Seccomp", seccomp_pointer),           FIELD("AppArmor", apparmor_pointer),
    FIELD("NoNewPrivileges", schema_bool),
};
static const struct type privileges_type = STRUCT_OF(privileges);
static const struct type privileges_pointer = POINTER_TO(privileges_type);

static const struct field dns[] = {
    FIELD("Nameservers", schema_strings),
    FIELD("Search", schema_strings),
    FIELD("Options", schema_strings),
};
static const struct type dns_type = STRUCT_OF(dns);
static const struct type dns_pointer = POINTER_TO(dns_type);

/* swarm.SecretReferenceFileTarget and swarm.ConfigReferenceFileTarget are alike. */
static const struct field file_target[] = {
    FIELD("Name", schema_string),
    FIELD("UID", schema_string),
    FIELD("GID", schema_string),
    FIELD("Mode", schema_uint32),
};
static const struct type file_target_type = STRUCT_OF(file_target);
static const struct type file_target_pointer = POINTER_TO(file_target_type);

static const struct field secret[] = {
    FIELD("File", file_target_pointer),
    FIELD("SecretID", schema_string),
    FIELD("SecretName", schema_string),
};
static const struct type secret_type = STRUCT_OF(secret);
static const struct type secret_pointer = POINTER_TO(secret_type);
static const struct type secrets = LIST_OF(secret_pointer);

/* Configs: API 1.30; Runtime: 1.40. */
static const struct type runtime_target_pointer = POINTER_TO(schema_empty);
static const struct field config[] = {
    FIELD("File", file_target_pointer),
    FIELD("Runtime", runtime_target_pointer),
    FIELD("ConfigID", schema_string),
    FIELD("ConfigName", schema_string),
};
static const struct type config_type = STRUCT_OF(config);
static const struct type config_pointer = POINTER_TO(config_type);
static const struct type configs = LIST_OF(config_pointer);

/* Privileges: API 1.29; Isolation: 1.35; Init: 1.37; Sysctls: 1.40; Capability*, Ulimits: 1.41;
 * OomScoreAdj: 1.46. */
static const struct field container[] = {
    FIELD("Image", schema_string),
    FIELD("Labels", schema_string_map),
    FIELD("Command", schema_strings),
    FIELD("Args", schema_strings),
    FIELD("Hostname", schema_string),
    FIELD("Env", schema_strings),
    FIELD("Dir", schema_string),
    FIELD("User", schema_string),
    FIELD("Groups", schema_strings),
    FIELD("Privileges", privileges_pointer),
    FIELD("Init", schema_bool_pointer),
    FIELD("StopSignal", schema_string),
    FIELD("TTY", schema_bool),
    FIELD("OpenStdin", schema_bool),
    FIELD("ReadOnly", schema_bool),
    FIELD("Mounts", schema_mounts),
    FIELD("StopGracePeriod", schema_int_pointer),
    FIELD("Healthcheck", schema_health_pointer),
    FIELD("Hosts", schema_strings),
    FIELD("DNSConfig", dns_pointer),
    FIELD("Secrets", secrets),
    FIELD("Configs", configs),
    FIELD("Isolation", schema_string),
    FIELD("Sysctls", schema_string_map),
    FIELD("CapabilityAdd", schema_strings),
    FIELD("CapabilityDrop", schema_strings),
    FIELD("Ulimits", schema_ulimits),
    FIELD("OomScoreAdj", schema_int),
};
static const struct type container_type = STRUCT_OF(container);
const struct type schema_container_spec_pointer = POINTER_TO(container_type);
