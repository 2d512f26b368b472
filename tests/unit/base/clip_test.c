#include "base/clip.h"

#include "check.h"

static void cuts_between_characters(void)
{
    CHECK_STR(clip_str(STR("abc"), 3), "abc");
    CHECK_STR(clip_str(STR("abc"), 2), "ab");
    CHECK_STR(clip_str(STR("a\xc3\xa9z"), 3), "a\xc3\xa9");
    CHECK_STR(clip_str(STR("a\xc3\xa9z"), 2), "a");
    CHECK_STR(clip_str(STR("a\xf0\x9f\x98\x80"), 4), "a");
    CHECK_STR(clip_str(STR("\x80\x80\x80\x80\x80\x80\x80"), 6), "\x80\x80\x80\x80\x80\x80");
}

static struct str clipped(struct str s, size_t max)
{
    static struct buffer buffer;

    buffer_done(&buffer);
    buffer_init(&buffer, max);
    CHECK(clip_json(&buffer, s, max) == 0);
    CHECK(buffer.len <= max);
    return buffer_view(&buffer);
}

static void fits_json_into_its_room(void)
{
    CHECK_STR(clipped(STR(""), 16), "\"\"");
    CHECK_STR(clipped(STR("12345678901234"), 16), "\"12345678901234\"");
    CHECK_STR(clipped(STR("123456789012345"), 16), "\"12345678901\xe2\x80\xa6\"");
    CHECK_STR(clipped(STR("\xc2\x9b\xc2\x85\xc2\x80"), 20), "\"\\u009b\\u0085\\u0080\"");
    CHECK_STR(clipped(STR("\xc2\x9b\xc2\x9b\xc2\x9b"), 19), "\"\\u009b\\u009b\xe2\x80\xa6\"");
    CHECK_STR(clipped(STR("\1\1\1"), 20), "\"\\u0001\\u0001\\u0001\"");
    CHECK_STR(clipped(STR("\1\1\1"), 19), "\"\\u0001\\u0001\xe2\x80\xa6\"");
    CHECK_STR(clipped(STR("12345678901\xc3\xa9\xc3\xa9"), 16), "\"12345678901\xe2\x80\xa6\"");
    CHECK_STR(clipped(STR("1234567890\n\n\n"), 16), "\"1234567890\xe2\x80\xa6\"");
    CHECK_STR(clipped(STR("\xff\xff\xff\xff\xff"), 16),
              "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xe2\x80\xa6\"");
}

int main(void)
{
    cuts_between_characters();
    fits_json_into_its_room();
    return 0;
}
