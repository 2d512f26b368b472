#include "base/verdict.h"

#include <stdint.h>

/* On the wire: the allow byte; the verdict's texts in a fixed order, first the 32-bit lengths of
 * all, then their bytes; the number of findings; the texts of each finding in the same way. */

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

void verdict_clear(struct verdict *verdict)
{
    memset(verdict, 0, offsetof(struct verdict, findings));
}

void verdict_copy(struct verdict *ret, const struct verdict *from)
{
    memcpy(ret, from, offsetof(struct verdict, findings) + from->count * sizeof from->findings[0]);
}

static void put_number(struct buffer *buffer, size_t number)
{
    uint32_t wire = (uint32_t)number;

    (void)buffer_append(buffer, &wire, sizeof wire);
}

static struct str text_at(const void *from, size_t at)
{
    return *(const struct str *)((const char *)from + at);
}

static void put_texts(struct buffer *buffer, const void *from, const size_t *at, size_t count)
{
    uint32_t lengths[VERDICT_TEXTS];

    for (size_t i = 0; i < count; i++)
        lengths[i] = (uint32_t)text_at(from, at[i]).len;
    (void)buffer_append(buffer, lengths, count * sizeof lengths[0]);
    for (size_t i = 0; i < count; i++) {
        if (lengths[i])
            (void)buffer_str(buffer, text_at(from, at[i]));
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
    uint32_t lengths[VERDICT_TEXTS];
    size_t bytes = count * sizeof lengths[0];

    if (rest->len < bytes)
        return -1;
    memcpy(lengths, rest->ptr, bytes);
    *rest = str_skip(*rest, bytes);
    for (size_t i = 0; i < count; i++) {
        if (lengths[i] > rest->len)
            return -1;
        *(struct str *)((char *)into + at[i]) = str_take(*rest, lengths[i]);
        *rest = str_skip(*rest, lengths[i]);
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
