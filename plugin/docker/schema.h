#ifndef DOCKER_SCHEMA_H
#define DOCKER_SCHEMA_H

#include <stddef.h>

#include "base/str.h"

/* What the engine decodes a body into: its Go types, as tables. Each table names the moby type that
 * it stands for and the API versions that its fields came with. */
enum kind {
    KIND_BOOL,
    KIND_INT, /* bits, is_unsigned */
    KIND_FLOAT,
    KIND_STRING,
    KIND_BYTES,    /* []byte: a string in base64 */
    KIND_STRSLICE, /* strslice.StrSlice: a list of strings, or one bare string */
    KIND_LIST,     /* of */
    KIND_ARRAY,    /* [length]of */
    KIND_MAP,      /* map[string]of: keys are data, never folded */
    KIND_POINTER,  /* to a struct or scalar: null takes it away */
    KIND_STRUCT,   /* fields */
    KIND_ANY,      /* interface{} or json.RawMessage */
};

struct field {
    struct str name; /* as the engine spells it */
    const struct type *type;
};

struct type {
    enum kind kind;
    unsigned char bits; /* KIND_INT: 8 to 64 */
    bool is_unsigned;
    size_t length;              /* KIND_ARRAY */
    const struct type *of;      /* element, or what a pointer points to */
    const struct field *fields; /* KIND_STRUCT */
    size_t field_count;
    /* Fields that engines up to 26.1 read here as well although they belong into a part of it;
     * NULL: none. */
    const struct type *displaced;
};

/* Any JSON document, keys as they are. */
extern const struct type schema_any;

/* The message itself: pkg/authorization.Request. */
extern const struct type schema_envelope;

/* Request bodies, by what is asked. */
extern const struct type schema_container_create;
extern const struct type schema_container_update;
extern const struct type schema_container_copy;
extern const struct type schema_container_start; /* an empty struct: any field is unknown */
extern const struct type schema_exec_create;
extern const struct type schema_exec_start;
extern const struct type schema_checkpoint_create;
extern const struct type schema_image_commit;
extern const struct type schema_network_create;
extern const struct type schema_network_connect;
extern const struct type schema_network_disconnect;
extern const struct type schema_volume_create;
extern const struct type schema_volume_update;
extern const struct type schema_plugin_privileges; /* pull and upgrade */
extern const struct type schema_plugin_set;
extern const struct type schema_swarm_init;
extern const struct type schema_swarm_join;
extern const struct type schema_swarm_update;
extern const struct type schema_swarm_unlock;
extern const struct type schema_service; /* create and update */
extern const struct type schema_node;
extern const struct type schema_secret;
extern const struct type schema_config;

/* The field of a struct type by its exact name, or NULL. */
const struct field *schema_field(const struct type *type, struct str name);

#endif
