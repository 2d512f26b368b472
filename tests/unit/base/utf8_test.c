#include "base/utf8.h"

#include "check.h"

int main(void)
{
    CHECK(utf8_length(STR("")) == 0);
    CHECK(utf8_length(STR("\0")) == 1);
    CHECK(utf8_length(STR("\x7f")) == 1);
    CHECK(utf8_length(STR("\xc2\x80")) == 2);
    CHECK(utf8_length(STR("\xe0\xa0\x80")) == 3);
    CHECK(utf8_length(STR("\xed\x9f\xbf")) == 3);
    CHECK(utf8_length(STR("\xf0\x90\x80\x80")) == 4);
    CHECK(utf8_length(STR("\xf4\x8f\xbf\xbf")) == 4);
    /* Cut short, a bare continuation, overlong, a surrogate, beyond U+10FFFF. */
    CHECK(utf8_length(STR("\xe2\x82")) == 0);
    CHECK(utf8_length(STR("\x80")) == 0);
    CHECK(utf8_length(STR("\xc1\xbf")) == 0);
    CHECK(utf8_length(STR("\xe0\x9f\xbf")) == 0);
    CHECK(utf8_length(STR("\xed\xa0\x80")) == 0);
    CHECK(utf8_length(STR("\xf0\x8f\xbf\xbf")) == 0);
    CHECK(utf8_length(STR("\xf4\x90\x80\x80")) == 0);
    CHECK(utf8_length(STR("\xf5\x80\x80\x80")) == 0);
    return 0;
}
