/* The body of a call that the first byte chooses: what rules would see of it is whole and in order,
 * or the call is refused. */
#include "docker/reader.h"
#include "docker/view.h"

#include "fuzz_check.h"

static const struct {
    struct str method, path;
} calls[] = {
    {{"POST", 4}, {"/containers/create", 18}},   {{"POST", 4}, {"/services/create", 16}},
    {{"POST", 4}, {"/containers/x/update", 20}}, {{"POST", 4}, {"/containers/x/exec", 18}},
    {{"POST", 4}, {"/networks/create", 16}},     {{"POST", 4}, {"/networks/x/connect", 19}},
    {{"POST", 4}, {"/volumes/create", 15}},      {{"POST", 4}, {"/plugins/pull", 13}},
    {{"POST", 4}, {"/swarm/init", 11}},          {{"POST", 4}, {"/nodes/x/update", 15}},
    {{"POST", 4}, {"/secrets/create", 15}},      {{"POST", 4}, {"/commit", 7}},
};

static void check_tree(const struct node *node, unsigned depth)
{
    fuzz_require(depth < 200);
    if (node->type == NODE_LIST)
        for (size_t i = 0; i < node->list.count; i++)
            check_tree(&node->list.items[i], depth + 1);
    if (node->type != NODE_MAP && node->type != NODE_STRUCT)
        return;
    for (size_t i = 0; i < node->fields.count; i++) {
        const struct member *member = &node->fields.members[i];

        if (i > 0 && !node->fields.of)
            fuzz_require(str_cmp(member[-1].key, member->key) < 0);
        check_tree(&member->value, depth + 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = fuzz_arena();
    struct request request = {.has_body = true};
    struct reader_result result;
    struct refusal refusal;
    struct route_target target;
    size_t call;

    if (size == 0)
        return 0;
    call = data[0] % (sizeof calls / sizeof calls[0]);
    request.line.path = calls[call].path;
    request.route = route_find(calls[call].method, calls[call].path, &request.line.query, &target);
    if (reader_read(request.route->body, (struct str){(const char *)data + 1, size - 1},
                    READER_STRICT, arena, &result, &refusal) < 0)
        return 0;
    request.target = target.name;
    request.body = result.value;
    request.unknown = result.unknown;
    if (view_build(&request, arena) == 0)
        check_tree(&request.view, 0);
    return 0;
}
