#include "answer.h"

#include <stdlib.h>
#include <strings.h>

static const char *find(struct str bytes, struct str what)
{
    return memmem(bytes.ptr, bytes.len, what.ptr, what.len);
}

/* The value of a header field, leading blanks included; .ptr is NULL when there is none. */
static struct str header_field(struct str header, struct str name)
{
    while (header.len > 0) {
        size_t line = str_find(header, '\n');

        if (line > name.len && strncasecmp(header.ptr, name.ptr, name.len) == 0)
            return str_skip(str_take(header, line), name.len);
        header = str_skip(header, line + 1);
    }
    return (struct str){NULL, 0};
}

/* The body begins at header bytes. Returns as answer_length() does. */
static long length_with_body(struct str bytes, size_t header, bool end)
{
    struct str field = header_field(str_take(bytes, header), STR("Content-Length:"));
    size_t whole = bytes.len;

    if (field.ptr) {
        whole = header + strtoul(field.ptr, NULL, 10);
    } else if (header_field(str_take(bytes, header), STR("Transfer-Encoding:")).ptr) {
        const char *last = find(str_skip(bytes, header - 2), STR("\r\n0\r\n\r\n"));

        whole = last ? (size_t)(last - bytes.ptr) + 7 : bytes.len + 1;
    } else if (!end) {
        return 0;
    }
    if (whole <= bytes.len)
        return (long)whole;
    return end ? -1 : 0;
}

long answer_length(struct str bytes, bool end, bool head)
{
    const char *blank = find(bytes, STR("\r\n\r\n"));
    size_t header;

    if (!blank)
        return end ? -1 : 0;
    header = (size_t)(blank - bytes.ptr) + 4;
    return head ? (long)header : length_with_body(bytes, header, end);
}

bool answer_closes(struct str answer)
{
    return find(answer, STR("onnection: close")) != NULL;
}

enum answer_kind answer_kind(struct str answer, bool proxy)
{
    static const size_t status_at = sizeof "HTTP/1.1 " - 1;
    char status = '\0';
    const char *error = find(answer, STR("\"Err\":\""));

    if (answer.len > status_at)
        status = answer.ptr[status_at];
    if (proxy && status == '4')
        return ANSWER_DENIED;
    if (status != '2' || (!proxy && error && error[sizeof "\"Err\":\"" - 1] != '"'))
        return ANSWER_BROKEN;
    if (proxy || find(answer, STR("\"Allow\":true")) || find(answer, STR("\"Implements\"")))
        return ANSWER_ALLOWED;
    return find(answer, STR("\"Allow\":false")) ? ANSWER_DENIED : ANSWER_BROKEN;
}
