#include "docker/node.h"

#include <stdio.h>

#include "check.h"

enum { MANY = 1000 };

static struct member entry(struct str key, int64_t value)
{
    return (struct member){.key = key, .value = {.type = NODE_INT, .integer = value}};
}

static void finds_members_by_exact_key(void)
{
    struct member inner[] = {entry(STR("b\0c"), 3)};
    struct member outer[] = {
        {.key = STR("Second"),
         .value = {.type = NODE_MAP, .fields = {.members = inner, .count = 1}}},
        entry(STR("First"), 1),
    };
    struct node root = {.type = NODE_STRUCT, .fields = {.members = outer, .count = 2}};

    CHECK(node_int(node_get(&root, STR("First"))) == 1);
    CHECK(node_get(&root, STR("first")) == NULL);
    CHECK(node_get(node_get(&root, STR("First")), STR("First")) == NULL);
    CHECK(node_get(NULL, STR("First")) == NULL);
    CHECK(node_int(node_get(node_path(&root, "Second", NULL), STR("b\0c"))) == 3);
    CHECK(node_path(&root, "Second", "b", NULL) == NULL);
}

static void gives_the_zero_value_of_what_is_not_there(void)
{
    struct node text = {.type = NODE_STRING, .string = STR("x")};

    CHECK(!node_bool(NULL) && !node_bool(&text));
    CHECK(node_int(NULL) == 0 && node_int(&text) == 0);
    CHECK_STR(node_string(NULL), "");
    CHECK_STR(node_string(&text), "x");
    CHECK(node_count(NULL) == 0 && node_count(&text) == 0);
}

/* Few members and many take different ways. */
static void check_sorted(struct member *members, size_t count)
{
    struct node map = {.type = NODE_MAP, .fields = {.members = members, .count = count}};

    node_sort(&map);
    for (size_t i = 1; i < count; i++)
        CHECK(str_cmp(members[i - 1].key, members[i].key) < 0);
    for (size_t i = 0; i < count; i++)
        CHECK(node_get(&map, members[i].key) == &members[i].value);
    CHECK(node_get(&map, STR("zz")) == NULL);
}

/* Orders that a sort may stumble over: falling, organ pipe, saw, and scattered. */
static size_t pattern(size_t which, size_t i, size_t count)
{
    switch (which) {
    case 0:
        return count - i;
    case 1:
        return i < count / 2 ? 2 * i : 2 * (count - i) - 1;
    case 2:
        return i % 10 * 100 + i / 10;
    default:
        return i * 7919 % MANY;
    }
}

static void sorts_maps_in_any_order(void)
{
    static struct member members[MANY];
    static char names[MANY][8];

    for (size_t which = 0; which < 4; which++) {
        for (size_t i = 0; i < MANY; i++) {
            (void)snprintf(names[i], sizeof names[i], "%05zu", pattern(which, i, MANY));
            members[i] = entry(str_from(names[i]), (int64_t)i);
        }
        check_sorted(members, MANY);
    }
}

/* As the reader meets them in a body that gives a key over and over. */
static void sorts_keys_that_are_alike(void)
{
    static struct member members[MANY];
    struct node map = {.type = NODE_MAP, .fields = {.members = members, .count = MANY}};

    for (size_t i = 0; i < MANY; i++)
        members[i] = entry(i == MANY / 2 ? STR("a") : STR("b"), (int64_t)i);
    node_sort(&map);
    CHECK_STR(members[0].key, "a");
    for (size_t i = 1; i < MANY; i++)
        CHECK_STR(members[i].key, "b");
}

static void sorts_maps_of_any_size(void)
{
    static struct member members[MANY];
    static char names[MANY][8];
    static const size_t sizes[] = {0, 1, 2, 3, 15, 16, 17, 18, MANY};

    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        for (size_t i = 0; i < sizes[k]; i++) {
            (void)snprintf(names[i], sizeof names[i], "%zu", i * 7919 % MANY);
            members[i] = entry(str_from(names[i]), (int64_t)i);
        }
        check_sorted(members, sizes[k]);
        check_sorted(members, sizes[k]);
    }
}

int main(void)
{
    finds_members_by_exact_key();
    gives_the_zero_value_of_what_is_not_there();
    sorts_maps_of_any_size();
    sorts_maps_in_any_order();
    sorts_keys_that_are_alike();
    return 0;
}
