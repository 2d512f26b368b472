/* The reader, both modes. The first byte names the type, the rest is the document. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "docker/reader.h"

enum { ARENA_BYTES = 256 << 20, TYPES = 12 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct type *const types[TYPES] = {
    &schema_container_create, &schema_service,
    &schema_envelope,         &schema_any,
    &schema_network_create,   &schema_secret,
    &schema_container_update, &schema_exec_create,
    &schema_volume_create,    &schema_plugin_privileges,
    &schema_network_connect,  &schema_swarm_init,
};

static void fail(const char *what)
{
    (void)fprintf(stderr, "%s\n", what);
    abort();
}

static bool equal(const struct node *a, const struct node *b);

static bool equal_members(const struct node *a, const struct node *b)
{
    if (a->fields.count != b->fields.count || a->fields.of != b->fields.of)
        return false;
    for (size_t i = 0; i < a->fields.count; i++)
        if (!str_eq(a->fields.members[i].key, b->fields.members[i].key) ||
            !equal(&a->fields.members[i].value, &b->fields.members[i].value))
            return false;
    return true;
}

static bool equal_items(const struct node *a, const struct node *b)
{
    if (a->list.count != b->list.count)
        return false;
    for (size_t i = 0; i < a->list.count; i++)
        if (!equal(&a->list.items[i], &b->list.items[i]))
            return false;
    return true;
}

static bool equal(const struct node *a, const struct node *b)
{
    if (a->type != b->type)
        return false;
    switch (a->type) {
    case NODE_NULL:
        return true;
    case NODE_BOOL:
        return a->boolean == b->boolean;
    case NODE_INT:
        return a->integer == b->integer;
    case NODE_FLOAT:
        return a->number == b->number;
    case NODE_STRING:
        return str_eq(a->string, b->string);
    case NODE_LIST:
        return equal_items(a, b);
    default:
        return equal_members(a, b);
    }
}

/* Memory in proportion to the input, whatever it is. */
static void check_memory(const struct arena *arena, size_t len)
{
    if (arena->used > (2 << 20) + 320 * len)
        fail("the reader took too much memory");
}

static int read_once(struct arena *arena, const struct type *type, struct str json,
                     enum reader_mode mode, struct reader_result *ret)
{
    struct refusal refusal;
    size_t before = arena->used;
    int status = reader_read(type, json, mode, arena, ret, &refusal);

    check_memory(&(struct arena){.used = arena->used - before}, json.len);
    if (status < 0 && (refusal.id.len == 0 || refusal.msg.len == 0 || refusal.fix.len == 0))
        fail("a refusal says nothing");
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena arena;
    struct reader_result strict;
    struct reader_result conformance;
    const struct type *type;
    struct str json;
    struct err err;

    if (size == 0)
        return 0;
    if (!arena.base && arena_init(&arena, ARENA_BYTES, &err) < 0)
        fail(err.msg);
    arena_reset(&arena, 1 << 20);
    type = types[data[0] % TYPES];
    json = (struct str){(const char *)data + 1, size - 1};
    if (read_once(&arena, type, json, READER_STRICT, &strict) < 0) {
        (void)read_once(&arena, type, json, READER_CONFORMANCE, &conformance);
        return 0;
    }
    if (read_once(&arena, type, json, READER_CONFORMANCE, &conformance) < 0)
        fail("strict mode takes what conformance mode refuses");
    if (!equal(&strict.value, &conformance.value))
        fail("the two modes read it differently");
    return 0;
}
