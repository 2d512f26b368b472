#ifndef DOCKER_SCHEMA_PARTS_H
#define DOCKER_SCHEMA_PARTS_H

#include "docker/schema.h"

/* What the tables are written with. A table is an array of FIELD lines and a type over it:
 *   static const struct field driver[] = {FIELD("Name", schema_string), ...};
 *   const struct type schema_driver = STRUCT_OF(driver);
 * Field order is that of the engine's type, which is the order in which clients send them. */
#define FIELD(name_, type_)                                                                        \
    {                                                                                              \
        {name_, sizeof(name_) - 1}, &(type_)                                                       \
    }
#define STRUCT_OF(table_)                                                                          \
    {                                                                                              \
        .kind = KIND_STRUCT, .fields = (table_), .field_count = sizeof(table_) / sizeof *(table_)  \
    }
#define EMPTY_STRUCT                                                                               \
    {                                                                                              \
        .kind = KIND_STRUCT                                                                        \
    }
#define LIST_OF(type_)                                                                             \
    {                                                                                              \
        .kind = KIND_LIST, .of = &(type_)                                                          \
    }
#define MAP_OF(type_)                                                                              \
    {                                                                                              \
        .kind = KIND_MAP, .of = &(type_)                                                           \
    }
#define POINTER_TO(type_)                                                                          \
    {                                                                                              \
        .kind = KIND_POINTER, .of = &(type_)                                                       \
    }
#define ARRAY_OF(length_, type_)                                                                   \
    {                                                                                              \
        .kind = KIND_ARRAY, .length = (length_), .of = &(type_)                                    \
    }

/* Go's int and uint are those of the 64-bit engines. */
extern const struct type schema_bool;
extern const struct type schema_string;
extern const struct type schema_bytes;
extern const struct type schema_float32;
extern const struct type schema_int;
extern const struct type schema_uint16;
extern const struct type schema_uint32;
extern const struct type schema_uint;
extern const struct type schema_empty; /* struct{} */

extern const struct type schema_bool_pointer;
extern const struct type schema_int_pointer;
extern const struct type schema_uint_pointer;

extern const struct type schema_strslice;
extern const struct type schema_strings;
extern const struct type schema_string_lists; /* [][]string */
extern const struct type schema_string_map;
extern const struct type schema_empty_map; /* a set: map[string]struct{} */
extern const struct type schema_console_size;

/* Shared by containers, services and networks. */
extern const struct type schema_host_config;
extern const struct type schema_displaced;      /* see struct type */
extern const struct type schema_health_pointer; /* *container.HealthConfig */
extern const struct type schema_mounts;         /* []mount.Mount */
extern const struct type schema_ulimits;        /* []*units.Ulimit */
extern const struct type schema_endpoint;       /* network.EndpointSettings */
extern const struct type schema_networking_pointer;
extern const struct type schema_config_reference_pointer;
extern const struct type schema_driver_pointer; /* *swarm.Driver */
extern const struct type schema_task;
extern const struct type schema_attachments; /* []swarm.NetworkAttachmentConfig */
extern const struct type schema_container_spec_pointer;

#endif
