#include "docker/view_builder.h"

#include <assert.h>

#include "base/digits.h"
#include "docker/path_clean.h"

enum { BUCKETS = 64, NAMES_MAX = 127 };

struct member *view_struct(struct view *view, const struct member *shape, size_t count,
                           struct node *ret)
{
    struct member *members = arena_array(view->arena, count, sizeof *members);

    assert(count <= VIEW_FIELDS_MAX);
    if (!members) {
        view->failed = true;
        members = view->spare;
    }
    memcpy(members, shape, count * sizeof *members);
    *ret = (struct node){.type = NODE_STRUCT};
    ret->fields.members = members;
    ret->fields.count = count;
    return members;
}

struct node *view_list(struct view *view, size_t count, struct node *ret)
{
    struct node *items = arena_array(view->arena, count, sizeof *items);

    *ret = (struct node){.type = NODE_LIST};
    if (!items) {
        view->failed = true;
        return NULL;
    }
    memset(items, 0, count * sizeof *items);
    ret->list.items = items;
    ret->list.count = count;
    return items;
}

struct member *view_map(struct view *view, size_t count, struct node *ret)
{
    struct member *members = arena_array(view->arena, count, sizeof *members);

    *ret = (struct node){.type = NODE_MAP};
    if (!members) {
        view->failed = true;
        return NULL;
    }
    memset(members, 0, count * sizeof *members);
    ret->fields.members = members;
    ret->fields.count = count;
    return members;
}

void view_unique(struct node *map)
{
    struct member *members = map->fields.members;
    size_t count = 0;

    node_sort(map);
    for (size_t i = 0; i < map->fields.count; i++) {
        if (count > 0 && str_eq(members[count - 1].key, members[i].key))
            members[count - 1] = members[i];
        else
            members[count++] = members[i];
    }
    map->fields.count = count;
}

struct node view_share_list(const struct node *node)
{
    return node && node->type == NODE_LIST ? *node : (struct node){.type = NODE_LIST};
}

struct node view_share_map(const struct node *node)
{
    return node && node->type == NODE_MAP ? *node : (struct node){.type = NODE_MAP};
}

struct str view_at(struct view *view, struct str base, size_t index)
{
    char digits[DIGITS_MAX];
    size_t count = digits_all(index + 1, digits);
    size_t len = base.len + 1 + count + 1;
    char *text = arena_alloc(view->arena, len);

    if (!text) {
        view->failed = true;
        return base;
    }
    memcpy(text, base.ptr, base.len);
    text[base.len] = '[';
    memcpy(text + base.len + 1, digits, count);
    text[len - 1] = ']';
    return (struct str){text, len};
}

struct str view_join(struct view *view, struct str first, struct str second)
{
    char *text = arena_alloc(view->arena, first.len + second.len);

    if (!text) {
        view->failed = true;
        return first;
    }
    if (first.len)
        memcpy(text, first.ptr, first.len);
    if (second.len)
        memcpy(text + first.len, second.ptr, second.len);
    return (struct str){text, first.len + second.len};
}

struct str view_clean(struct view *view, struct str path)
{
    struct str clean = path_clean(view->arena, path);

    if (!clean.ptr) {
        view->failed = true;
        return path;
    }
    return clean;
}

static size_t bucket_of(struct str name)
{
    unsigned char last = name.len ? (unsigned char)name.ptr[name.len - 1] : 0;

    return (name.len * 7 + last) % BUCKETS;
}

void view_pick(const struct node *source, const struct str *names, size_t count,
               const struct node **ret)
{
    unsigned char first[BUCKETS] = {0}; /* index of a name + 1; 0 ends the chain */
    unsigned char next[NAMES_MAX];

    assert(count <= NAMES_MAX);
    for (size_t i = 0; i < count; i++) {
        size_t bucket = bucket_of(names[i]);

        ret[i] = NULL;
        next[i] = first[bucket];
        first[bucket] = (unsigned char)(i + 1);
    }
    if (!source || (source->type != NODE_STRUCT && source->type != NODE_MAP))
        return;
    for (size_t i = 0; i < source->fields.count; i++) {
        const struct member *member = &source->fields.members[i];
        size_t at = first[bucket_of(member->key)];

        while (at > 0 && !str_eq(names[at - 1], member->key))
            at = next[at - 1];
        if (at > 0 && member->value.type != NODE_NULL)
            ret[at - 1] = &member->value;
    }
}
