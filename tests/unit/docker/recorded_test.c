/* Honest traffic passes untouched: what docker CLI, Compose and the Python SDK made an engine ask.
 */
#include "docker/request.h"

#include <stdlib.h>

#include "check.h"

enum { REQUESTS = 144 };

/* The message within a line {"endpoint":…,"cmd":…,"body":MESSAGE}. */
static struct str message_of(struct str line)
{
    static const char key[] = "\"body\":";
    const char *at = memmem(line.ptr, line.len, key, sizeof(key) - 1);

    CHECK(at);
    at += sizeof(key) - 1;

    struct str rest = {at, line.len - (size_t)(at - line.ptr)};
    while (rest.len > 0 && rest.ptr[rest.len - 1] != '}')
        rest.len--;
    CHECK(rest.len > 1);
    return str_take(rest, rest.len - 1);
}

static void check_request(struct str message, struct arena *arena)
{
    struct request request;
    struct refusal refusal;
    int result = request_read(message, arena, &request, &refusal);

    if (result != 0)
        (void)fprintf(stderr, "%.*s: %.*s\n", STR_FMT(refusal.id), STR_FMT(message));
    CHECK(result == 0);
    CHECK(request.route->action != ACTION_UNKNOWN);
    CHECK(request.unknown.type == NODE_LIST);
    CHECK(request.view.type == NODE_STRUCT);
    if (request.route->body_rule == BODY_JSON)
        CHECK(request.has_body);
}

int main(void)
{
    struct arena arena;
    struct err err;
    char *line = NULL;
    size_t size = 0;
    size_t requests = 0;
    FILE *file = fopen(CORPUS, "re");

    CHECK(file);
    CHECK(arena_init(&arena, 16 << 20, &err) == 0);
    for (ssize_t len; (len = getline(&line, &size, file)) > 0; arena_reset(&arena, 0)) {
        struct str text = {line, (size_t)len};

        if (!memmem(text.ptr, text.len, "AuthZReq", 8))
            continue;
        check_request(message_of(text), &arena);
        requests++;
    }
    CHECK(requests == REQUESTS);
    free(line);
    arena_done(&arena);
    return fclose(file);
}
