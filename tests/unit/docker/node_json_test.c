#include "docker/node_json.h"

#include "check.h"
#include "docker/reader.h"

static struct arena arena;

/* The document as it is printed after it was read; it borrows from out. */
static struct str printed(struct str json, enum node_json_form form, struct buffer *out)
{
    struct reader_result result;
    struct refusal refusal;

    buffer_reset(out, SIZE_MAX);
    CHECK(reader_read(&schema_any, json, READER_STRICT, &arena, &result, &refusal) == 0);
    node_json(&result.value, form, out);
    CHECK(!out->failed);
    return buffer_view(out);
}

static void prints_what_was_read(struct buffer *out)
{
    static const char *const documents[] = {
        "null",
        "true",
        "-9223372036854775808",
        "0.1",
        "0.30000000000000004", /* needs all of its digits */
        "1e+300",
        "\"a\\\"\\\\\\n\\u0001\xc3\xa9\"",
        "[]",
        "[1,[null,false],{}]",
        "{\"a\":{\"b\":[\"c\"]},\"d\":\"\"}",
    };

    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++)
        CHECK(
            str_eq(printed(str_from(documents[i]), NODE_JSON_WHOLE, out), str_from(documents[i])));
}

static void leaves_out_what_says_nothing(struct buffer *out)
{
    struct member members[] = {
        {STR_INIT("a"), {.type = NODE_NULL}},
        {STR_INIT("b"), {.type = NODE_BOOL, .boolean = false}},
        {STR_INIT("c"), {.type = NODE_INT, .integer = 0}},
        {STR_INIT("d"), {.type = NODE_STRING, .string = STR_INIT("")}},
        {STR_INIT("e"), {.type = NODE_LIST}},
    };
    struct node node = {.type = NODE_STRUCT, .fields = {members, 5, NULL}};

    buffer_reset(out, SIZE_MAX);
    node_json(&node, NODE_JSON_SAID, out);
    CHECK_STR(buffer_view(out), "{\"c\":0}");
    node.type = NODE_MAP; /* whose keys are data */
    buffer_reset(out, SIZE_MAX);
    node_json(&node, NODE_JSON_SAID, out);
    CHECK_STR(buffer_view(out), "{\"a\":null,\"b\":false,\"c\":0,\"d\":\"\",\"e\":[]}");
}

int main(void)
{
    struct buffer out;
    struct err err;

    CHECK(arena_init(&arena, 1 << 16, &err) == 0);
    buffer_init(&out, 4096);
    prints_what_was_read(&out);
    leaves_out_what_says_nothing(&out);
    buffer_done(&out);
    arena_done(&arena);
    return 0;
}
