#ifndef DOCKER_NODE_H
#define DOCKER_NODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

struct type; /* docker/schema.h */

enum node_type {
    NODE_NULL,
    NODE_BOOL,
    NODE_INT,
    NODE_FLOAT,
    NODE_STRING,
    NODE_LIST,
    NODE_MAP,    /* keys are data, sorted by str_cmp(); reading a key that is not there is nil */
    NODE_STRUCT, /* keys are fields, in no special order; reading one it lacks is an error */
};

/* A value as the engine will hold it, or one that is derived from such: what rules read. Lives in
 * an arena and is never changed once it is built. */
struct node {
    enum node_type type;
    union {
        bool boolean;
        int64_t integer;
        double number;
        struct str string;
        struct {
            struct node *items;
            size_t count;
        } list;
        struct {
            struct member *members;
            size_t count;
            /* NODE_STRUCT only: the type that it was read as, whose fields may be absent here.
             * NULL: the members are all the fields there are (absent values are NODE_NULL). */
            const struct type *of;
        } fields;
    };
};

struct member {
    struct str key;
    struct node value;
};

/* The member's value, or NULL when node is not a map or struct or has no such member. */
const struct node *node_get(const struct node *node, struct str key);
/* The same down a path of keys, ended by NULL: node_path(n, "HostConfig", "Binds", NULL). */
const struct node *node_path(const struct node *node, ...) __attribute__((sentinel));

/* What the node holds, or the zero value the engine would have where it is NULL, null, or of
 * another type. */
bool node_bool(const struct node *node);
int64_t node_int(const struct node *node);
struct str node_string(const struct node *node);

/* Items of a list, or members of a map or struct; 0 for all else and for NULL. */
size_t node_count(const struct node *node);
/* The i-th item of a list; i < node_count(). */
const struct node *node_item(const struct node *list, size_t i);

/* Put a map's members into the order in which they are walked and found. */
void node_sort(struct node *map);

#endif
