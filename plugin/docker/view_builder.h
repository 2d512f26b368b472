#ifndef DOCKER_VIEW_BUILDER_H
#define DOCKER_VIEW_BUILDER_H

#include "docker/request.h"

/* How the parts of a view are put together. Once the arena was full the view is `failed`: what is
 * built from then on is thrown away, so a run of steps is checked once, at its end. */

enum { VIEW_FIELDS_MAX = 80 }; /* most fields of one struct of the view */

struct view {
    struct arena *arena;
    const struct request *request;
    bool failed;
    struct member spare[VIEW_FIELDS_MAX]; /* taken for a struct when the arena is full */
};

/* A field of a shape: what a struct holds before anything is known, sorted by name. kind is
 * NODE_NULL, NODE_BOOL (false), NODE_LIST (empty) or NODE_MAP (empty). */
/* clang-format off */
#define VIEW_FIELD(name, kind) {.key = {"" name, sizeof(name) - 1}, .value = {.type = (kind)}}
/* clang-format on */

/* A new struct of that shape in *ret. Returns its fields, never NULL. */
struct member *view_struct(struct view *view, const struct member *shape, size_t count,
                           struct node *ret);
#define VIEW_STRUCT(view, shape, ret)                                                              \
    view_struct(view, shape, sizeof(shape) / sizeof((shape)[0]), ret)

/* A new list of nils, or NULL when the arena is full. Empty until all items are there is fine: the
 * count may be lowered by the caller. */
struct node *view_list(struct view *view, size_t count, struct node *ret);
/* A new map, its members not filled and to be sorted with node_sort(); NULL when the arena is full.
 */
struct member *view_map(struct view *view, size_t count, struct node *ret);

/* Sort a map and keep one member of each key, the one that was put in last. */
void view_unique(struct node *map);

/* Member by member: a compound literal is put together on the stack, by stores of other sizes than
 * the loads that copy it from there, for which the processor then has to wait. */
static inline struct node view_node(enum node_type type)
{
    struct node node;

    node.type = type;
    node.fields.members = NULL;
    node.fields.count = 0;
    node.fields.of = NULL;
    return node;
}

static inline struct node view_bool(bool value)
{
    struct node node = view_node(NODE_BOOL);

    node.boolean = value;
    return node;
}

static inline struct node view_int(int64_t value)
{
    struct node node = view_node(NODE_INT);

    node.integer = value;
    return node;
}

static inline struct node view_float(double value)
{
    struct node node = view_node(NODE_FLOAT);

    node.number = value;
    return node;
}

static inline struct node view_string(struct str value)
{
    struct node node = view_node(NODE_STRING);

    node.string = value;
    return node;
}

static inline struct node view_nil(void)
{
    return view_node(NODE_NULL);
}

/* The text, or nil when there is none. */
static inline struct node view_text(struct str value)
{
    return value.len ? view_string(value) : view_nil();
}

/* A number above 0, else nil: how the engine says "no limit". */
static inline struct node view_above_zero(const struct node *node)
{
    return node_int(node) > 0 ? view_int(node_int(node)) : view_nil();
}

/* What is in the body, shared with the view: a list or map as it is, else an empty one. */
struct node view_share_list(const struct node *node);
struct node view_share_map(const struct node *node);

/* "base[2]" for index 1: positions are shown counted from 1. */
struct str view_at(struct view *view, struct str base, size_t index);
/* The two texts as one. */
struct str view_join(struct view *view, struct str first, struct str second);
/* path_clean() that marks the view as failed when the arena is full. */
struct str view_clean(struct view *view, struct str path);

/* For each name its value among the members of source, or NULL: one walk over source. Members that
 * are null count as missing. */
void view_pick(const struct node *source, const struct str *names, size_t count,
               const struct node **ret);

/* A name for view_pick(). */
/* clang-format off */
#define VIEW_NAME(name) {"" name, sizeof(name) - 1}
/* clang-format on */

#endif
