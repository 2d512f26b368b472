#include "docker/response.h"

#include "check.h"

static struct arena arena;

/* What the audit trail learns of an answer with this status and body. */
static struct response read_answer(int64_t status, const char *body)
{
    struct envelope envelope = {
        .status = status, .has_response_body = body != NULL, .response_body = str_from(body)};

    return response_read(&envelope, &arena);
}

static void shows_the_id_of_what_was_created(void)
{
    CHECK_STR(read_answer(201, "{\"Id\":\"abc\",\"Warnings\":[]}\n").id, "abc");
    CHECK_STR(read_answer(201, "{\"ID\":\"s1\"}").id, "s1");
    CHECK(read_answer(201, "{\"Id\":\"abc\"}").status == 201);
    CHECK_STR(read_answer(201, "{\"Driver\":\"local\",\"Name\":\"v\"}").id, "v");
    CHECK_STR(read_answer(201, "{\"Name\":\"n\",\"Id\":\"abc\"}").id, "abc");
}

static void shows_nothing_that_is_not_there(void)
{
    CHECK_STR(read_answer(200, "{\"Id\":\"abc\"}").id, "");
    CHECK_STR(read_answer(0, NULL).id, "");
    CHECK(read_answer(0, NULL).status == 0);
    CHECK_STR(read_answer(201, NULL).id, "");
    CHECK_STR(read_answer(201, "{\"Id\":7}").id, "");
    CHECK_STR(read_answer(201, "{\"Id\":null}").id, "");
    CHECK_STR(read_answer(201, "{\"Id\":\"a\",\"ID\":\"b\"}").id, "");
    CHECK_STR(read_answer(201, "[\"a\"]").id, "");
    CHECK_STR(read_answer(201, "null").id, "");
    CHECK_STR(read_answer(201, "{\"Id\":\"a\"").id, "");
}

int main(void)
{
    struct err err;

    CHECK(arena_init(&arena, 1 << 20, &err) == 0);
    shows_the_id_of_what_was_created();
    shows_nothing_that_is_not_there();
    arena_done(&arena);
    return 0;
}
