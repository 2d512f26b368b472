#include "base/verdict.h"

#include <stdint.h>

/* On the wire: the allow byte, then texts in a fixed order, each a 32-bit length and its bytes;
 * between the verdict's own texts and those of its findings, their number. */

enum { VERDICT_TEXTS = 17, FINDING_TEXTS = 6 };

static const size_t verdict_texts[VERDICT_TEXTS] = {
    offsetof(struct verdict, reason),  offsetof(struct verdict, msg),
    offsetof(struct verdict, action),  offsetof(struct verdict, user),
    offsetof(struct verdict, authn),   offsetof(struct verdict, method),
    offsetof(struct verdict, uri),     offsetof(struct verdict, target),
    offsetof(struct verdict, image),   offsetof(struct verdict, kind),
    offsetof(struct verdict, class),   offsetof(struct verdict, api),
    offsetof(struct verdict, body),    offsetof(struct verdict, trace),
    offsetof(struct verdict, status),  offsetof(struct verdict, created),
    offsetof(struct verdict, capture),
};

static const size_t finding_texts[FINDING_TEXTS] = {
    offsetof(struct finding, rule),  offsetof(struct finding, effect),
    offsetof(struct finding, mode),  offsetof(struct finding, msg),
    offsetof(struct finding, field), offsetof(struct finding, fix),
};

static void put_number(struct buffer *buffer, size_t number)
{
    uint32_t wire = (uint32_t)number;

    (void)buffer_append(buffer, &wire, sizeof wire);
}

static void put_texts(struct buffer *buffer, const void *from, const size_t *at, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct str *text = (const struct str *)((const char *)from + at[i]);

        put_number(buffer, text->len);
        (void)buffer_str(buffer, *text);
    }
}

int verdict_encode(const struct verdict *verdict, struct buffer *buffer)
{
    unsigned char allow = verdict->allow;

    (void)buffer_append(buffer, &allow, 1);
    put_texts(buffer, verdict, verdict_texts, VERDICT_TEXTS);
    put_number(buffer, verdict->count);
    for (size_t i = 0; i < verdict->count; i++)
        put_texts(buffer, &verdict->findings[i], finding_texts, FINDING_TEXTS);
    return buffer->failed ? -1 : 0;
}

static int get_number(struct str *rest, uint32_t *ret)
{
    if (rest->len < sizeof *ret)
        return -1;
    memcpy(ret, rest->ptr, sizeof *ret);
    *rest = str_skip(*rest, sizeof *ret);
    return 0;
}

static int get_texts(struct str *rest, void *into, const size_t *at, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct str *text = (struct str *)((char *)into + at[i]);
        uint32_t length;

        if (get_number(rest, &length) < 0 || length > rest->len)
            return -1;
        *text = str_take(*rest, length);
        *rest = str_skip(*rest, length);
    }
    return 0;
}

int verdict_decode(struct str payload, struct verdict *ret, struct err *err)
{
    struct str rest = str_skip(payload, 1);
    uint32_t count;

    if (payload.len == 0 || (unsigned char)payload.ptr[0] > 1)
        return err_set(err, ERR_INVALID, "a verdict begins with 0 or 1");
    ret->allow = payload.ptr[0] == 1;
    if (get_texts(&rest, ret, verdict_texts, VERDICT_TEXTS) < 0 || get_number(&rest, &count) < 0)
        return err_set(err, ERR_INVALID, "a verdict is cut off");
    if (count > VERDICT_FINDINGS_MAX)
        return err_set(err, ERR_INVALID, "a verdict has %u findings, more than %d", count,
                       VERDICT_FINDINGS_MAX);
    for (ret->count = 0; ret->count < count; ret->count++)
        if (get_texts(&rest, &ret->findings[ret->count], finding_texts, FINDING_TEXTS) < 0)
            return err_set(err, ERR_INVALID, "finding %zu of a verdict is cut off", ret->count + 1);
    if (rest.len > 0)
        return err_set(err, ERR_INVALID, "%zu bytes follow a verdict", rest.len);
    return 0;
}
