#include "docker/schema.h"

#include "check.h"

enum {
    FIELDS_MAX = 128, /* reader_strict.c keeps a bit for each */
};

static const struct type *const bodies[] = {
    &schema_envelope,
    &schema_container_create,
    &schema_container_update,
    &schema_container_copy,
    &schema_container_start,
    &schema_exec_create,
    &schema_exec_start,
    &schema_checkpoint_create,
    &schema_image_commit,
    &schema_network_create,
    &schema_network_connect,
    &schema_network_disconnect,
    &schema_volume_create,
    &schema_volume_update,
    &schema_plugin_privileges,
    &schema_plugin_set,
    &schema_swarm_init,
    &schema_swarm_join,
    &schema_swarm_update,
    &schema_swarm_unlock,
    &schema_service,
    &schema_node,
    &schema_secret,
    &schema_config,
    NULL,
};

static bool same_folded(struct str a, struct str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if ((a.ptr[i] | 0x20) != (b.ptr[i] | 0x20))
            return false;
    return true;
}

static void check_fields(const struct type *type)
{
    CHECK(type->field_count <= FIELDS_MAX);
    for (size_t i = 0; i < type->field_count; i++) {
        CHECK(schema_field(type, type->fields[i].name) == &type->fields[i]);
        for (size_t j = 0; j < i; j++)
            CHECK(!same_folded(type->fields[i].name, type->fields[j].name));
    }
}

/* Every type that a body reaches is whole, and reaching ends: the reader's recursion does too. */
static void check_type(const struct type *type, size_t depth)
{
    bool nests = type->kind == KIND_LIST || type->kind == KIND_ARRAY || type->kind == KIND_MAP ||
                 type->kind == KIND_POINTER;

    CHECK(depth < 20);
    CHECK(nests == (type->of != NULL));
    CHECK(type->kind != KIND_INT || (type->bits >= 8 && type->bits <= 64 && type->bits % 8 == 0));
    CHECK(type->kind != KIND_FLOAT || type->bits == 32 || type->bits == 64);
    CHECK(type->kind != KIND_ARRAY || type->length > 0);
    if (type->kind == KIND_STRUCT)
        check_fields(type);
    if (type->of)
        check_type(type->of, depth + 1);
    for (size_t i = 0; i < type->field_count; i++)
        check_type(type->fields[i].type, depth + 1);
}

static const struct type *type_at(const struct type *type, const char *name)
{
    const struct field *field = schema_field(type, str_from(name));

    CHECK(field != NULL);
    return field->type->kind == KIND_POINTER ? field->type->of : field->type;
}

static void knows_fields_by_the_engines_spelling(void)
{
    const struct type *host = type_at(&schema_container_create, "HostConfig");

    CHECK(type_at(host, "Binds")->kind == KIND_LIST);
    CHECK(type_at(host, "CapAdd")->kind == KIND_STRSLICE);
    CHECK(type_at(host, "Sysctls")->kind == KIND_MAP);
    CHECK(type_at(host, "NanoCpus")->kind == KIND_INT);
    CHECK(schema_field(host, STR("binds")) == NULL);
    CHECK(schema_field(&schema_container_create, STR("Config")) == NULL);
    CHECK(schema_field(host, STR("Resources")) == NULL);
    CHECK(schema_field(&schema_container_start, STR("Binds")) == NULL);
    CHECK(schema_field(&schema_service, STR("Networks")) != NULL);
}

int main(void)
{
    for (size_t i = 0; bodies[i]; i++)
        check_type(bodies[i], 0);
    knows_fields_by_the_engines_spelling();
    return 0;
}
