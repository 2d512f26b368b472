#include "base/verdict.h"

#include <stdint.h>

#include "check.h"

static struct err err;
static struct verdict got;

static struct verdict example(void)
{
    struct verdict verdict = {
        .reason = STR("policy"),
        .msg = STR("[a.b] no"),
        .action = STR("container.create"),
        .method = STR("POST"),
        .uri = STR("/v1.41/containers/create"),
        .count = 2,
    };

    verdict.findings[0] = (struct finding){STR("a.b"), STR("deny"), STR("enforce"),
                                           STR("no"),  STR("X\0Y"), STR("don't")};
    verdict.findings[1] = (struct finding){.rule = STR("c.d"), .effect = STR("audit")};
    return verdict;
}

static void comes_back_as_it_went(void)
{
    struct verdict verdict = example();
    struct buffer buffer;

    buffer_init(&buffer, 4096);
    CHECK(verdict_encode(&verdict, &buffer) == 0);
    CHECK(verdict_decode(buffer_view(&buffer), &got, &err) == 0);
    CHECK(!got.allow && got.count == 2);
    CHECK_STR(got.reason, "policy");
    CHECK_STR(got.msg, "[a.b] no");
    CHECK_STR(got.uri, "/v1.41/containers/create");
    CHECK_STR(got.image, "");
    CHECK_STR(got.findings[0].field, "X\0Y");
    CHECK_STR(got.findings[1].rule, "c.d");
    /* An allow is one byte away from a denial: no cut or added byte may decode. */
    for (size_t n = 0; n < buffer.len; n++)
        CHECK(verdict_decode(str_take(buffer_view(&buffer), n), &got, &err) == -1);
    CHECK(buffer_append(&buffer, "", 1) == 0);
    CHECK(verdict_decode(buffer_view(&buffer), &got, &err) == -1);
    buffer.data[0] = 2;
    CHECK(verdict_decode(buffer_view(&buffer), &got, &err) == -1);
    buffer_done(&buffer);
}

static void bounds_the_findings(void)
{
    struct verdict verdict = {.allow = true, .count = VERDICT_FINDINGS_MAX};
    struct buffer buffer;
    uint32_t count = VERDICT_FINDINGS_MAX + 1;

    buffer_init(&buffer, 1 << 16);
    CHECK(verdict_encode(&verdict, &buffer) == 0);
    CHECK(verdict_decode(buffer_view(&buffer), &got, &err) == 0);
    CHECK(got.allow && got.count == VERDICT_FINDINGS_MAX);
    memcpy(buffer.data + 1 + 17 * sizeof count, &count, sizeof count);
    CHECK(verdict_decode(buffer_view(&buffer), &got, &err) == -1);
    CHECK_STR(str_from(err.msg), "a verdict has 65 findings, more than 64");
    buffer_done(&buffer);
}

static void a_full_buffer_is_reported(void)
{
    struct verdict verdict = example();
    struct buffer buffer;

    buffer_init(&buffer, 64);
    CHECK(verdict_encode(&verdict, &buffer) == -1);
    buffer_done(&buffer);
}

int main(void)
{
    comes_back_as_it_went();
    bounds_the_findings();
    a_full_buffer_is_reported();
    return 0;
}
