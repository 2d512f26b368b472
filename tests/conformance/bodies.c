#include "bodies.h"

const struct body bodies[] = {
    {"container_create", &schema_container_create, 12},
    {"service", &schema_service, 8},
    {"network_create", &schema_network_create, 4},
    {"container_update", &schema_container_update, 3},
    {"network_connect", &schema_network_connect, 3},
    {"exec_create", &schema_exec_create, 2},
    {"volume_create", &schema_volume_create, 2},
    {"swarm_init", &schema_swarm_init, 2},
    {"secret", &schema_secret, 2},
    {"checkpoint_create", &schema_checkpoint_create, 1},
    {"config", &schema_config, 1},
    {"exec_start", &schema_exec_start, 1},
    {"image_commit", &schema_image_commit, 1},
    {"network_disconnect", &schema_network_disconnect, 1},
    {"node", &schema_node, 1},
    {"plugin_privileges", &schema_plugin_privileges, 1},
    {"plugin_set", &schema_plugin_set, 1},
    {"swarm_join", &schema_swarm_join, 1},
    {"swarm_unlock", &schema_swarm_unlock, 1},
    {"swarm_update", &schema_swarm_update, 1},
};
const size_t bodies_count = sizeof bodies / sizeof *bodies;

const struct body *bodies_find(struct str name)
{
    for (size_t i = 0; i < bodies_count; i++)
        if (str_eq(str_from(bodies[i].name), name))
            return &bodies[i];
    return NULL;
}

const struct body *bodies_pick(uint64_t number)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < bodies_count; i++)
        sum += bodies[i].weight;
    number %= sum;
    for (size_t i = 0;; i++) {
        if (number < bodies[i].weight)
            return &bodies[i];
        number -= bodies[i].weight;
    }
}
