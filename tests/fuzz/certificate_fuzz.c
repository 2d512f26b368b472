/* Any bytes as a certificate's DER, and as its PEM. */
#include "base/utc.h"
#include "docker/certificate.h"
#include "fuzz_check.h"

#define OPENING "-----BEGIN CERTIFICATE-----\n"
#define CLOSING "-----END CERTIFICATE-----\n"

enum { LINE_CHARS = 64 };

/* Whole groups of three bytes; what is left over goes without. */
static struct str pem_of(struct str der, struct arena *arena)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *out = arena_alloc(arena, 2 * der.len + sizeof OPENING CLOSING);
    size_t len = sizeof OPENING - 1;

    fuzz_require(out);
    memcpy(out, OPENING, len);
    for (size_t i = 0; i + 3 <= der.len; i += 3) {
        unsigned word = (unsigned)(unsigned char)der.ptr[i] << 16 |
                        (unsigned)(unsigned char)der.ptr[i + 1] << 8 |
                        (unsigned char)der.ptr[i + 2];

        for (unsigned shift = 24; shift > 0; shift -= 6)
            out[len++] = digits[word >> (shift - 6) & 63];
        if ((i / 3 + 1) % (LINE_CHARS / 4) == 0)
            out[len++] = '\n';
    }
    memcpy(out + len, CLOSING, sizeof CLOSING - 1);
    return (struct str){out, len + sizeof CLOSING - 1};
}

static void check_names(const struct certificate_names *names)
{
    volatile char sum = 0; /* each byte can be read */

    fuzz_require(names->count <= CERTIFICATE_NAMES_MAX);
    for (size_t i = 0; i < names->count; i++)
        for (size_t j = 0; j < names->items[i].len; j++)
            sum = (char)(sum ^ names->items[i].ptr[j]);
}

static void check(struct str pem, struct arena *arena)
{
    struct certificate certificate;

    if (!certificate_read(pem, arena, &certificate))
        return;
    fuzz_require(certificate.serial.len > 0);
    fuzz_require(certificate.serial.ptr[0] != '0' || certificate.serial.len == 1);
    fuzz_require(certificate.not_after_s >= UTC_MIN_S && certificate.not_after_s <= UTC_MAX_S);
    check_names(&certificate.organizations);
    check_names(&certificate.units);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str input = {(const char *)data, size};
    struct arena *arena = fuzz_arena();

    check(input, arena);
    check(pem_of(input, arena), arena);
    return 0;
}
