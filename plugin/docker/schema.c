#include "docker/schema.h"

const struct type schema_any = {.kind = KIND_ANY};
const struct type schema_envelope = {.kind = KIND_STRUCT};
const struct type schema_container_create = {.kind = KIND_STRUCT};
const struct type schema_container_update = {.kind = KIND_STRUCT};
const struct type schema_container_copy = {.kind = KIND_STRUCT};
const struct type schema_container_start = {.kind = KIND_STRUCT};
const struct type schema_exec_create = {.kind = KIND_STRUCT};
const struct type schema_exec_start = {.kind = KIND_STRUCT};
const struct type schema_checkpoint_create = {.kind = KIND_STRUCT};
const struct type schema_image_commit = {.kind = KIND_STRUCT};
const struct type schema_network_create = {.kind = KIND_STRUCT};
const struct type schema_network_connect = {.kind = KIND_STRUCT};
const struct type schema_network_disconnect = {.kind = KIND_STRUCT};
const struct type schema_volume_create = {.kind = KIND_STRUCT};
const struct type schema_volume_update = {.kind = KIND_STRUCT};
const struct type schema_plugin_privileges = {.kind = KIND_STRUCT};
const struct type schema_plugin_set = {.kind = KIND_STRUCT};
const struct type schema_swarm_init = {.kind = KIND_STRUCT};
const struct type schema_swarm_join = {.kind = KIND_STRUCT};
const struct type schema_swarm_update = {.kind = KIND_STRUCT};
const struct type schema_swarm_unlock = {.kind = KIND_STRUCT};
const struct type schema_service = {.kind = KIND_STRUCT};
const struct type schema_node = {.kind = KIND_STRUCT};
const struct type schema_secret = {.kind = KIND_STRUCT};
const struct type schema_config = {.kind = KIND_STRUCT};

const struct field *schema_field(const struct type *type, struct str name)
{
    for (size_t i = 0; i < type->field_count; i++)
        if (str_eq(type->fields[i].name, name))
            return &type->fields[i];
    return NULL;
}
