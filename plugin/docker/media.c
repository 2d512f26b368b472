#include "docker/media.h"

#include <strings.h>

/* Real types have one parameter, charset or boundary. */
enum { PARAMS_MAX = 8 };

/* RFC 7230, 3.2.6. */
static bool is_token_char(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c != '\0' && strchr("!#$%&'*+-.^_`|~", c));
}

/* The token that *rest begins with, taken off; empty where there is none. */
static struct str take_token(struct str *rest)
{
    size_t len = 0;

    while (len < rest->len && is_token_char(rest->ptr[len]))
        len++;

    struct str token = str_take(*rest, len);
    *rest = str_skip(*rest, len);
    return token;
}

static bool take_char(struct str *rest, char c)
{
    if (rest->len == 0 || rest->ptr[0] != c)
        return false;
    *rest = str_skip(*rest, 1);
    return true;
}

static void skip_blanks(struct str *rest)
{
    while (take_char(rest, ' '))
        ;
}

/* The rest of a quoted string, behind its first quote. */
static bool skip_quoted(struct str *rest)
{
    while (rest->len > 0) {
        char c = rest->ptr[0];

        *rest = str_skip(*rest, c == '\\' ? 2 : 1);
        if (c == '"')
            return true;
    }
    return false;
}

static bool same_word(struct str a, struct str b)
{
    return a.len == b.len && strncasecmp(a.ptr, b.ptr, a.len) == 0;
}

/* name=value or name="value"; the name goes to *ret. */
static bool take_param(struct str *rest, struct str *ret)
{
    *ret = take_token(rest);
    skip_blanks(rest);
    if (ret->len == 0 || !take_char(rest, '='))
        return false;
    skip_blanks(rest);
    if (take_char(rest, '"'))
        return skip_quoted(rest);
    return take_token(rest).len > 0;
}

/* "; name=value" any number of times, each name once; a ";" may end it. */
static bool params_are_plain(struct str rest)
{
    struct str names[PARAMS_MAX];
    size_t count = 0;

    for (skip_blanks(&rest); rest.len > 0; skip_blanks(&rest)) {
        struct str name;

        if (!take_char(&rest, ';'))
            return false;
        skip_blanks(&rest);
        if (rest.len == 0)
            return true;
        if (count == PARAMS_MAX || !take_param(&rest, &name))
            return false;
        for (size_t i = 0; i < count; i++)
            if (same_word(names[i], name))
                return false;
        names[count++] = name;
    }
    return true;
}

static bool has_odd_char(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];

        if (c < 0x20 || c == 0x7f || c == ',')
            return true;
    }
    return false;
}

enum media media_parse(struct str content_type)
{
    struct str rest = content_type;
    struct str type, subtype = STR("");

    if (has_odd_char(content_type))
        return MEDIA_ODD;
    skip_blanks(&rest);
    type = take_token(&rest);
    if (type.len == 0)
        return MEDIA_BAD;
    if (take_char(&rest, '/')) {
        subtype = take_token(&rest);
        if (subtype.len == 0)
            return MEDIA_BAD;
    }
    if (!params_are_plain(rest))
        return MEDIA_BAD;
    if (same_word(type, STR("multipart")))
        return MEDIA_MULTIPART;
    if (!same_word(type, STR("application")))
        return MEDIA_OTHER;
    if (same_word(subtype, STR("json")))
        return MEDIA_JSON;
    return same_word(subtype, STR("x-www-form-urlencoded")) ? MEDIA_FORM : MEDIA_OTHER;
}
