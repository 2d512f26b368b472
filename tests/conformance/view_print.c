/* Prints what rules would see of AuthZ messages: one JSON message a line on standard input, one
 * line of JSON for each: {"view":…}, or {"refused":"ID: MESSAGE"}. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "docker/node_json.h"
#include "docker/request.h"

enum { ARENA_BYTES = 64 << 20, ARENA_KEEP_BYTES = 1 << 20, TEXT_MAX = 64 << 20 };

static void print_refusal(struct arena *arena, const struct refusal *refusal, struct buffer *out)
{
    struct str text =
        arena_printf(arena, "%.*s: %.*s", STR_FMT(refusal->id), STR_FMT(refusal->msg));

    (void)buffer_str(out, STR("{\"refused\":"));
    (void)buffer_json(out, text);
}

/* Returns 0, or -1 when the line cannot be written. */
static int print_message(struct str message, struct arena *arena, struct buffer *out)
{
    struct request request;
    struct refusal refusal;

    arena_reset(arena, ARENA_KEEP_BYTES);
    buffer_reset(out, TEXT_MAX);
    if (request_read(message, arena, &request, &refusal) < 0) {
        print_refusal(arena, &refusal, out);
    } else {
        (void)buffer_str(out, STR("{\"view\":"));
        node_json(&request.view, NODE_JSON_WHOLE, out);
    }
    (void)buffer_str(out, STR("}\n"));
    return !out->failed && fwrite(out->data, 1, out->len, stdout) == out->len ? 0 : -1;
}

int main(void)
{
    struct arena arena;
    struct buffer out;
    char *line = NULL;
    size_t size = 0;
    int status = 0;
    struct err err;

    if (arena_init(&arena, ARENA_BYTES, &err) < 0)
        return 2;
    buffer_init(&out, TEXT_MAX);
    for (ssize_t len; status == 0 && (len = getline(&line, &size, stdin)) >= 0;) {
        struct str message = {line, (size_t)len};

        if (str_ends(message, STR("\n")))
            message.len--;
        status = print_message(message, &arena, &out);
    }
    if (status < 0 || ferror(stdin) || fflush(stdout) != 0) {
        (void)fprintf(stderr, "view_print: %s\n", strerror(errno));
        status = 1;
    }
    free(line);
    buffer_done(&out);
    arena_done(&arena);
    return status;
}
