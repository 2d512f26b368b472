#include "docker/response.h"

#include "docker/reader.h"

enum { STATUS_CREATED = 201 };

/* "Id", or "ID" in answers about swarm objects: the same key when folded (moby
 * api/types/container.CreateResponse, api/types/swarm.ServiceCreateResponse and the like). A volume
 * has its name alone, which the engine makes up where none was asked for (api/types/volume). */
static const struct type string_type = {.kind = KIND_STRING};
static const struct field created_fields[] = {{STR_INIT("Id"), &string_type},
                                              {STR_INIT("Name"), &string_type}};
static const struct type created_type = {
    .kind = KIND_STRUCT, .fields = created_fields, .field_count = 2};

static struct str id_of(const struct node *created)
{
    struct str id = node_string(node_get(created, STR("Id")));

    return id.len ? id : node_string(node_get(created, STR("Name")));
}

struct response response_read(const struct envelope *envelope, struct arena *arena)
{
    struct response response = {.status = envelope->status, .id = STR("")};
    struct reader_result result = {0};
    struct refusal refusal;

    if (response.status == STATUS_CREATED && envelope->has_response_body &&
        reader_read(&created_type, envelope->response_body, READER_STRICT, arena, &result,
                    &refusal) == 0)
        response.id = id_of(&result.value);
    return response;
}
