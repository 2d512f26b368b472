#include "docker/schema_parts.h"

/* plugin.Privilege: what a pull or an upgrade accepts. */
static const struct field privilege[] = {
    FIELD("Name", schema_string),
    FIELD("Description", schema_string),
    FIELD("Value", schema_strings),
};
static const struct type privilege_type = STRUCT_OF(privilege);
const struct type schema_plugin_privileges = LIST_OF(privilege_type);

/* POST /plugins/{name}/set: a list of "KEY=value". */
const struct type schema_plugin_set = LIST_OF(schema_string);
