#include "base/json_plain.h"

#include "check.h"

enum { LENGTH = 35 }; /* two blocks, and a rest */

/* Wherever a byte stands that must be escaped or looked at: before it all is plain. */
static void finds_the_first_that_is_not(void)
{
    for (int byte = 0; byte < 256; byte++) {
        bool is_plain = byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\';

        for (size_t at = 0; at < LENGTH; at++) {
            char text[LENGTH];

            memset(text, at % 2 ? ' ' : '~', sizeof text);
            text[at] = (char)byte;
            CHECK(json_plain((struct str){text, sizeof text}) == (is_plain ? sizeof text : at));
            CHECK(json_plain((struct str){text, at}) == at);
        }
    }
}

int main(void)
{
    finds_the_first_that_is_not();
    return 0;
}
