#include "policy/sample.h"

#include "check.h"

/* Every action has a sample that the gate passes. */
static void covers_all_actions(void)
{
    bool seen[ACTION_COUNT] = {false};
    struct arena arena;
    struct err err;

    CHECK(arena_init(&arena, 16 << 20, &err) == 0);
    for (size_t i = 0; i < sample_count; i++) {
        struct request request;

        if (sample_read(i, &arena, &request) < 0) {
            check_str(request.envelope.uri, STR("a sample that passes"), __FILE__, __LINE__);
        }
        CHECK(node_count(&request.unknown) == 0);
        seen[request.route->action] = true;
    }
    for (int action = 0; action < ACTION_COUNT; action++)
        if (!seen[action])
            check_str(action_name((enum action)action), STR("has a sample"), __FILE__, __LINE__);
    arena_done(&arena);
}

static void ends_with_the_memory(void)
{
    size_t read = 0;
    struct request request;
    struct arena arena;
    struct err err;

    CHECK(arena_init(&arena, 4096, &err) == 0);
    while (read < sample_count && sample_read(read, &arena, &request) == 0)
        read++;
    CHECK(read < sample_count);
    arena_done(&arena);
}

int main(void)
{
    covers_all_actions();
    ends_with_the_memory();
    return 0;
}
