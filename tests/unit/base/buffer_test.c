#include "base/buffer.h"

#include "check.h"

static void takes_its_maximum_and_no_more(void)
{
    struct buffer buffer;

    buffer_init(&buffer, 3);
    CHECK(buffer_append(&buffer, "abc", 3) == 0);
    CHECK(buffer_append(&buffer, "d", 1) == -1);
    CHECK(buffer.failed);
    CHECK(buffer_append(&buffer, "", 0) == -1);
    CHECK_STR(buffer_view(&buffer), "abc");
    buffer_reset(&buffer, 0);
    CHECK(buffer_append(&buffer, "abcd", 4) == -1);
    buffer_done(&buffer);
}

static void grows_as_needed(void)
{
    struct buffer buffer;

    buffer_init(&buffer, 100000);
    for (int i = 0; i < 10000; i++)
        CHECK(buffer_printf(&buffer, "%d,", i % 10) == 0);
    CHECK(buffer.len == 20000);
    CHECK(str_ends(buffer_view(&buffer), STR("8,9,")));
    buffer_done(&buffer);
}

static void writes_json_strings(void)
{
    struct buffer buffer;

    buffer_init(&buffer, 4096);
    CHECK(buffer_json(&buffer, STR("a\"\\\n\t\r\x01\x7f\0é\xff\xed\xa0\x80")) == 0);
    CHECK_STR(buffer_view(&buffer), "\"a\\\"\\\\\\n\\t\\r\\u0001\\u007f\\u0000é"
                                    "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
    buffer_done(&buffer);
}

int main(void)
{
    takes_its_maximum_and_no_more();
    grows_as_needed();
    writes_json_strings();
    return 0;
}
