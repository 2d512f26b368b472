/* Prints what rules would see of AuthZ messages: one JSON message a line on standard input, one
 * line of JSON for each: {"view":…}, or {"refused":"ID: MESSAGE"}. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "docker/request.h"

enum { ARENA_BYTES = 64 << 20, ARENA_KEEP_BYTES = 1 << 20, TEXT_MAX = 64 << 20 };

static void print(const struct node *node, struct buffer *out);

static void print_list(const struct node *list, struct buffer *out)
{
    (void)buffer_str(out, STR("["));
    for (size_t i = 0; i < node_count(list); i++) {
        if (i > 0)
            (void)buffer_str(out, STR(","));
        print(node_item(list, i), out);
    }
    (void)buffer_str(out, STR("]"));
}

static void print_fields(const struct node *node, struct buffer *out)
{
    (void)buffer_str(out, STR("{"));
    for (size_t i = 0; i < node->fields.count; i++) {
        if (i > 0)
            (void)buffer_str(out, STR(","));
        (void)buffer_json(out, node->fields.members[i].key);
        (void)buffer_str(out, STR(":"));
        print(&node->fields.members[i].value, out);
    }
    (void)buffer_str(out, STR("}"));
}

static void print(const struct node *node, struct buffer *out)
{
    switch (node->type) {
    case NODE_NULL:
        (void)buffer_str(out, STR("null"));
        break;
    case NODE_BOOL:
        (void)buffer_str(out, node->boolean ? STR("true") : STR("false"));
        break;
    case NODE_INT:
        (void)buffer_printf(out, "%" PRId64, node->integer);
        break;
    case NODE_FLOAT:
        (void)buffer_printf(out, "%.17g", node->number);
        break;
    case NODE_STRING:
        (void)buffer_json(out, node->string);
        break;
    case NODE_LIST:
        print_list(node, out);
        break;
    case NODE_MAP:
    case NODE_STRUCT:
        print_fields(node, out);
        break;
    }
}

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
        print(&request.view, out);
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
