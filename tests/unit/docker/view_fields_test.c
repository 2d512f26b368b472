#include "docker/view_fields.h"

#include "docker/schema.h"

#include "check.h"

enum { NAMES_MAX = 64 };

/* A struct that has every field of type, each with a value. */
static struct node full(const struct type *type, struct member *members)
{
    struct node node = {.type = NODE_STRUCT};

    CHECK(type->field_count <= 96);
    for (size_t i = 0; i < type->field_count; i++)
        members[i] = (struct member){type->fields[i].name, view_bool(true)};
    node.fields.members = members;
    node.fields.count = type->field_count;
    return node;
}

static const struct type *pointed_at(const struct type *type)
{
    return type->kind == KIND_POINTER ? type->of : type;
}

/* A name that the engine's type does not have would never be found, and nobody would notice. */
static void every_name_is_one_of_the_engine(void)
{
    const struct node *found[NAMES_MAX];
    struct member members[96];
    const struct type *create = &schema_container_create;
    const struct type *host = pointed_at(schema_field(create, STR("HostConfig"))->type);
    const struct type *task = schema_field(&schema_service, STR("TaskTemplate"))->type;
    const struct type *spec = pointed_at(schema_field(task, STR("ContainerSpec"))->type);
    struct node node = full(create, members);

    view_fields_config(&node, found);
    for (size_t i = 0; i < CONFIG_FIELDS; i++)
        CHECK(found[i]);
    node = full(host, members);
    view_fields_host(&node, found);
    for (size_t i = 0; i < HOST_FIELDS; i++)
        CHECK(found[i]);
    node = full(spec, members);
    view_fields_spec(&node, found);
    for (size_t i = 0; i < SPEC_FIELDS; i++)
        CHECK(found[i]);
}

static void finds_values_and_skips_null(void)
{
    struct member members[] = {{STR("Other"), view_bool(true)},
                               {STR("Privileged"), view_bool(true)},
                               {STR("Binds"), view_nil()}};
    struct node node = {.type = NODE_STRUCT, .fields = {members, 3, NULL}};
    const struct node *found[HOST_FIELDS];

    view_fields_host(&node, found);
    CHECK(found[HOST_PRIVILEGED] == &members[1].value);
    CHECK(!found[HOST_BINDS]);
    CHECK(!found[HOST_MOUNTS]);
    view_fields_host(NULL, found);
    CHECK(!found[HOST_PRIVILEGED]);
}

int main(void)
{
    every_name_is_one_of_the_engine();
    finds_values_and_skips_null();
    return 0;
}
