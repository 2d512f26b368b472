#include "docker/base64.h"

#include <string.h>

#include "check.h"

static struct arena arena;
static struct str bytes;

static enum base64_result decode(struct str coded, enum base64_manner manner)
{
    arena_reset(&arena, 0);
    return base64_decode(coded, manner, &arena, &bytes);
}

static void decodes_every_length(void)
{
    CHECK(decode(STR(""), BASE64_CANONICAL) == BASE64_FINE);
    CHECK_STR(bytes, "");
    CHECK(decode(STR("QQ=="), BASE64_CANONICAL) == BASE64_FINE);
    CHECK_STR(bytes, "A");
    CHECK(decode(STR("QUI="), BASE64_CANONICAL) == BASE64_FINE);
    CHECK_STR(bytes, "AB");
    CHECK(decode(STR("QUJD"), BASE64_CANONICAL) == BASE64_FINE);
    CHECK_STR(bytes, "ABC");
    CHECK(decode(STR("AP/7+w=="), BASE64_CANONICAL) == BASE64_FINE);
    CHECK_STR(bytes, "\0\xff\xfb\xfb");
}

static void knows_the_alphabet_at_each_place(void)
{
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (int place = 0; place < 4; place++) {
        for (int byte = 0; byte < 256; byte++) {
            const char *letter = byte ? strchr(alphabet, byte) : NULL;
            char text[] = "AAAAAAAA";
            unsigned all;

            text[place] = (char)byte;
            CHECK(decode((struct str){text, 8}, BASE64_CANONICAL) ==
                  (letter ? BASE64_FINE : BASE64_BAD));
            if (!letter)
                continue;
            all = (unsigned)(letter - alphabet) << (18 - 6 * place);
            CHECK((unsigned char)bytes.ptr[0] == all >> 16);
            CHECK((unsigned char)bytes.ptr[1] == (all >> 8 & 255));
            CHECK((unsigned char)bytes.ptr[2] == (all & 255));
        }
    }
}

static void refuses_what_no_encoder_makes(void)
{
    static const char *const bad[] = {"Q",    "QQ",   "QQ=",  "Q===", "====",     "QQ==QQ==",
                                      "QR==", "QUJ=", "QU_D", "QU D", "QU\nJD\n", "=QQ="};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(decode(str_from(bad[i]), BASE64_CANONICAL) == BASE64_BAD);
    CHECK(decode(STR("QU\0D"), BASE64_CANONICAL) == BASE64_BAD);
}

static void takes_what_go_takes(void)
{
    CHECK(decode(STR("QU\r\nI\n="), BASE64_AS_GO) == BASE64_FINE);
    CHECK_STR(bytes, "AB");
    CHECK(decode(STR("QR=="), BASE64_AS_GO) == BASE64_FINE);
    CHECK_STR(bytes, "A");
    CHECK(decode(STR("QQ="), BASE64_AS_GO) == BASE64_BAD);
}

static void says_when_the_arena_is_full(void)
{
    CHECK(arena.cap == 4096);
    CHECK(arena_alloc(&arena, 4080) != NULL);
    CHECK(base64_decode(STR("QUJDQUJDQUJDQUJDQUJDQUJD"), BASE64_CANONICAL, &arena, &bytes) ==
          BASE64_FULL);
}

int main(void)
{
    struct err err;

    CHECK(arena_init(&arena, 4096, &err) == 0);
    decodes_every_length();
    knows_the_alphabet_at_each_place();
    refuses_what_no_encoder_makes();
    takes_what_go_takes();
    arena_reset(&arena, 0);
    says_when_the_arena_is_full();
    arena_done(&arena);
    return 0;
}
