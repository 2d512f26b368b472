#include "bench/answer.h"

#include "check.h"

#define OK_HEAD "HTTP/1.1 200 OK\r\n"
#define LENGTH(n) "Content-Length: " #n "\r\n\r\n"

static void knows_when_an_answer_is_whole(void)
{
    const struct str plain = STR(OK_HEAD "content-length: 3\r\n\r\nabc");
    const struct str chunked =
        STR(OK_HEAD "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
    const struct str until_end = STR(OK_HEAD "\r\nabc");

    for (size_t len = 0; len < plain.len; len++) {
        CHECK(answer_length(str_take(plain, len), false, false) == 0);
        CHECK(answer_length(str_take(plain, len), true, false) == -1);
    }
    CHECK(answer_length(plain, false, false) == (long)plain.len);
    CHECK(answer_length(plain, false, true) == (long)plain.len - 3);
    CHECK(answer_length(str_take(chunked, chunked.len - 1), false, false) == 0);
    CHECK(answer_length(chunked, false, false) == (long)chunked.len);
    CHECK(answer_length(until_end, false, false) == 0);
    CHECK(answer_length(until_end, true, false) == (long)until_end.len);
}

static void tells_verdicts_apart(void)
{
    CHECK(answer_kind(STR(OK_HEAD LENGTH(14) "{\"Allow\":true}"), false) == ANSWER_ALLOWED);
    CHECK(answer_kind(STR(OK_HEAD LENGTH(15) "{\"Allow\":false}"), false) == ANSWER_DENIED);
    CHECK(answer_kind(STR(OK_HEAD LENGTH(24) "{\"Implements\":[\"authz\"]}"), false) ==
          ANSWER_ALLOWED);
    CHECK(answer_kind(STR(OK_HEAD LENGTH(23) "{\"Allow\":true,\"Err\":\"\"}"), false) ==
          ANSWER_ALLOWED);
    CHECK(answer_kind(STR(OK_HEAD LENGTH(24) "{\"Allow\":true,\"Err\":\"x\"}"), false) ==
          ANSWER_BROKEN);
    CHECK(answer_kind(STR(OK_HEAD LENGTH(2) "{}"), false) == ANSWER_BROKEN);
    CHECK(answer_kind(STR("HTTP/1.1 500 No\r\n" LENGTH(14) "{\"Allow\":true}"), false) ==
          ANSWER_BROKEN);
    CHECK(answer_kind(STR(""), false) == ANSWER_BROKEN);
}

static void takes_a_proxy_by_its_status(void)
{
    CHECK(answer_kind(STR(OK_HEAD LENGTH(2) "[]"), true) == ANSWER_ALLOWED);
    CHECK(answer_kind(STR("HTTP/1.1 403 Forbidden\r\n\r\n"), true) == ANSWER_DENIED);
    CHECK(answer_kind(STR("HTTP/1.1 502 Bad Gateway\r\n\r\n"), true) == ANSWER_BROKEN);
}

int main(void)
{
    knows_when_an_answer_is_whole();
    tells_verdicts_apart();
    takes_a_proxy_by_its_status();
    CHECK(answer_closes(STR(OK_HEAD "Connection: close\r\n\r\n")));
    CHECK(!answer_closes(STR(OK_HEAD "\r\n")));
    return 0;
}
