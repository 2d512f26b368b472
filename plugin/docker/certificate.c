#include "docker/certificate.h"

#include "base/utc.h"
#include "docker/base64.h"

/* Tags of DER: ITU-T X.690, section 8.1.2. */
enum {
    DER_INTEGER = 0x02,
    DER_OID = 0x06,
    DER_UTF8_STRING = 0x0c,
    DER_PRINTABLE_STRING = 0x13,
    DER_UTC_TIME = 0x17,
    DER_GENERALIZED_TIME = 0x18,
    DER_SEQUENCE = 0x30,
    DER_SET = 0x31,
    DER_VERSION = 0xa0, /* [0] of a TBSCertificate */
};

static unsigned byte_at(struct str s, size_t index)
{
    return (unsigned char)s.ptr[index];
}

/* The length behind a tag, in the short form or in up to three bytes. Returns the bytes of tag and
 * length together; 0 for other forms. */
static size_t der_length(struct str der, size_t *ret)
{
    size_t bytes = der.len >= 2 && byte_at(der, 1) > 0x80 ? byte_at(der, 1) - 0x80 : 0;

    if (der.len < 2 + bytes || bytes > 3 || byte_at(der, 1) == 0x80)
        return 0;
    *ret = bytes ? 0 : byte_at(der, 1);
    for (size_t i = 0; i < bytes; i++)
        *ret = *ret << 8 | byte_at(der, 2 + i);
    return 2 + bytes;
}

/* Take the next value off *rest. Returns its tag, or -1 where there is none. */
static int der_next(struct str *rest, struct str *ret)
{
    size_t len = 0;
    size_t start = der_length(*rest, &len);
    int tag;

    if (start == 0 || len > rest->len - start)
        return -1;
    tag = (int)byte_at(*rest, 0);
    *ret = str_take(str_skip(*rest, start), len);
    *rest = str_skip(*rest, start + len);
    return tag;
}

static bool der_take(struct str *rest, int tag, struct str *ret)
{
    return der_next(rest, ret) == tag;
}

static bool read_serial(struct str number, struct arena *arena, struct str *ret)
{
    static const char digits[] = "0123456789ABCDEF";
    char *text = arena_alloc(arena, number.len * 2);
    size_t skip = 0;

    if (number.len == 0 || !text)
        return false;
    for (size_t i = 0; i < number.len; i++) {
        text[2 * i] = digits[byte_at(number, i) >> 4];
        text[2 * i + 1] = digits[byte_at(number, i) & 15];
    }
    while (skip < number.len * 2 - 1 && text[skip] == '0')
        skip++;
    *ret = (struct str){text + skip, number.len * 2 - skip};
    return true;
}

/* "491231235959Z" or "20501231235959Z". Two digits of a year are 1950 to 2049: RFC 5280, 4.1.2.5.1.
 */
static bool read_time(int tag, struct str text, int64_t *ret)
{
    const size_t year = tag == DER_UTC_TIME ? 2 : 4;
    char full[] = "19yy-mm-ddThh:mm:ssZ";

    if ((tag != DER_UTC_TIME && tag != DER_GENERALIZED_TIME) || text.len != year + 11)
        return false;
    if (year == 2 && text.ptr[0] < '5')
        memcpy(full, "20", 2);
    memcpy(full + 4 - year, text.ptr, year);
    for (size_t part = 0; part < 5; part++)
        memcpy(full + 5 + 3 * part, text.ptr + year + 2 * part, 2);
    full[sizeof full - 2] = text.ptr[text.len - 1];
    return utc_read(str_from(full), ret);
}

/* Other kinds of text are not UTF-8; nobody uses them now (RFC 5280, 4.1.2.4). Returns whether the
 * name was taken. */
static bool add_name(struct certificate_names *names, int tag, struct str text)
{
    const bool plain = tag == DER_UTF8_STRING || tag == DER_PRINTABLE_STRING;

    if (!plain || names->count == CERTIFICATE_NAMES_MAX)
        return false;
    names->items[names->count++] = text;
    return true;
}

/* Attributes are id-at (2.5.4): 10 is the organization, 11 the unit. RFC 5280, appendix A.1. */
static bool read_attribute(struct str attribute, struct certificate *ret)
{
    struct str oid = STR("");
    struct str text = STR("");

    if (!der_take(&attribute, DER_OID, &oid))
        return false;

    const int tag = der_next(&attribute, &text);
    if (str_eq(oid, STR("\x55\x04\x0a")))
        ret->complete &= add_name(&ret->organizations, tag, text);
    else if (str_eq(oid, STR("\x55\x04\x0b")))
        ret->complete &= add_name(&ret->units, tag, text);
    return tag >= 0;
}

static bool read_subject(struct str subject, struct certificate *ret)
{
    struct str set = STR("");
    struct str attribute = STR("");

    while (subject.len > 0) {
        if (!der_take(&subject, DER_SET, &set))
            return false;
        while (set.len > 0)
            if (!der_take(&set, DER_SEQUENCE, &attribute) || !read_attribute(attribute, ret))
                return false;
    }
    return true;
}

static bool read_validity(struct str validity, struct certificate *ret)
{
    struct str text = STR("");

    if (der_next(&validity, &text) < 0)
        return false;

    const int tag = der_next(&validity, &text);
    return read_time(tag, text, &ret->not_after_s);
}

static bool read_fields(struct str tbs, struct arena *arena, struct certificate *ret)
{
    struct str serial = STR("");
    struct str part = STR("");
    struct str validity = STR("");
    struct str subject = STR("");

    if (tbs.len > 0 && byte_at(tbs, 0) == DER_VERSION && !der_take(&tbs, DER_VERSION, &part))
        return false;
    return der_take(&tbs, DER_INTEGER, &serial) && read_serial(serial, arena, &ret->serial) &&
           der_take(&tbs, DER_SEQUENCE, &part) && /* signature */
           der_take(&tbs, DER_SEQUENCE, &part) && /* issuer */
           der_take(&tbs, DER_SEQUENCE, &validity) && read_validity(validity, ret) &&
           der_take(&tbs, DER_SEQUENCE, &subject) && read_subject(subject, ret);
}

/* What stands between the lines that open and close the block: RFC 7468. */
static bool block_of(struct str pem, struct str *ret)
{
    static const struct str open = STR_INIT("-----BEGIN CERTIFICATE-----\n");
    size_t end;

    if (!str_starts(pem, open))
        return false;
    pem = str_skip(pem, open.len);
    end = str_find(pem, '-');
    *ret = str_take(pem, end);
    return str_starts(str_skip(pem, end), STR("-----END CERTIFICATE-----"));
}

bool certificate_read(struct str pem, struct arena *arena, struct certificate *ret)
{
    struct str block = STR("");
    struct str der = STR("");
    struct str outer = STR("");
    struct str tbs = STR("");

    *ret = (struct certificate){.complete = true};
    return block_of(pem, &block) &&
           base64_decode(block, BASE64_AS_GO, arena, &der) == BASE64_FINE &&
           der_take(&der, DER_SEQUENCE, &outer) && der_take(&outer, DER_SEQUENCE, &tbs) &&
           read_fields(tbs, arena, ret);
}
