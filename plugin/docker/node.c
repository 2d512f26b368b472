#include "docker/node.h"

#include <stdarg.h>

enum { FEW = 16 }; /* members up to which insertion is the quickest way */

static const struct node *find_sorted(const struct node *map, struct str key)
{
    size_t low = 0;
    size_t high = map->fields.count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct member *member = &map->fields.members[middle];
        int order = str_cmp(member->key, key);

        if (order == 0)
            return &member->value;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const struct node *node_get(const struct node *node, struct str key)
{
    if (!node)
        return NULL;
    if (node->type == NODE_MAP)
        return find_sorted(node, key);
    if (node->type != NODE_STRUCT)
        return NULL;
    for (size_t i = 0; i < node->fields.count; i++)
        if (str_eq(node->fields.members[i].key, key))
            return &node->fields.members[i].value;
    return NULL;
}

const struct node *node_path(const struct node *node, ...)
{
    va_list keys;
    const char *key;

    va_start(keys, node);
    while (node && (key = va_arg(keys, const char *)))
        node = node_get(node, str_from(key));
    va_end(keys);
    return node;
}

bool node_bool(const struct node *node)
{
    return node && node->type == NODE_BOOL && node->boolean;
}

int64_t node_int(const struct node *node)
{
    return node && node->type == NODE_INT ? node->integer : 0;
}

struct str node_string(const struct node *node)
{
    return node && node->type == NODE_STRING ? node->string : STR("");
}

size_t node_count(const struct node *node)
{
    if (!node)
        return 0;
    if (node->type == NODE_LIST)
        return node->list.count;
    if (node->type == NODE_MAP || node->type == NODE_STRUCT)
        return node->fields.count;
    return 0;
}

const struct node *node_item(const struct node *list, size_t i)
{
    return &list->list.items[i];
}

static bool before(const struct member *a, const struct member *b)
{
    return str_cmp(a->key, b->key) < 0;
}

/* In order already, as every Go client sends its maps? Then this is all the work there is. */
static bool is_sorted(const struct member *members, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (before(&members[i], &members[i - 1]))
            return false;
    return true;
}

static void insertion_sort(struct member *members, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct member moved = members[i];
        size_t at = i;

        for (; at > 0 && before(&moved, &members[at - 1]); at--)
            members[at] = members[at - 1];
        members[at] = moved;
    }
}

static void sift_down(struct member *members, size_t at, size_t count)
{
    struct member moved = members[at];

    for (;;) {
        size_t child = 2 * at + 1;

        if (child >= count)
            break;
        if (child + 1 < count && before(&members[child], &members[child + 1]))
            child++;
        if (!before(&moved, &members[child]))
            break;
        members[at] = members[child];
        at = child;
    }
    members[at] = moved;
}

static void swap(struct member *a, struct member *b)
{
    struct member kept = *a;

    *a = *b;
    *b = kept;
}

/* Slower than quick_sort() on what comes by chance, but no order of the keys makes it worse. */
static void heap_sort(struct member *members, size_t count)
{
    for (size_t i = count / 2; i-- > 0;)
        sift_down(members, i, count);
    for (size_t last = count - 1; last > 0; last--) {
        swap(&members[0], &members[last]);
        sift_down(members, 0, last);
    }
}

/* Put the middle one of three into the first place. */
static void choose_pivot(struct member *members, size_t count)
{
    struct member *first = &members[0];
    struct member *middle = &members[count / 2];
    struct member *last = &members[count - 1];

    if (before(last, middle))
        swap(last, middle);
    if (before(middle, first))
        swap(middle, first);
    if (before(last, middle))
        swap(last, middle);
    swap(first, middle);
}

/* Put the first member where it belongs; returns that place. */
static size_t partition(struct member *members, size_t count)
{
    size_t low = 0;
    size_t high = count;

    choose_pivot(members, count);
    for (;;) {
        do
            low++;
        while (low < count && before(&members[low], &members[0]));
        do
            high--;
        while (before(&members[0], &members[high]));
        if (low >= high)
            break;
        swap(&members[low], &members[high]);
    }
    swap(&members[0], &members[high]);
    return high;
}

/* splits: how often it may still divide until the keys must be such that heap_sort() is quicker. */
static void quick_sort(struct member *members, size_t count, unsigned splits)
{
    while (count > FEW && splits > 0) {
        size_t middle = partition(members, count);

        splits--;
        quick_sort(members, middle, splits);
        members += middle + 1;
        count -= middle + 1;
    }
    if (count > FEW)
        heap_sort(members, count);
    else
        insertion_sort(members, count);
}

void node_sort(struct node *map)
{
    size_t count = map->fields.count;
    unsigned splits = 0;

    if (is_sorted(map->fields.members, count))
        return;
    for (size_t rest = count; rest > 0; rest /= 2)
        splits += 2;
    quick_sort(map->fields.members, count, splits);
}
