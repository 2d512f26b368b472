#include "worker/redact.h"

#include "base/buffer.h"

#define HIDDEN "***"

/* Parameters of the engine's API whose values are names, numbers, switches or times. Compared as
 * sent: another spelling of a name is not one of these. */
static const struct str plain[] = {
    STR_INIT("all"),         STR_INIT("condition"),  STR_INIT("container"),
    STR_INIT("detachKeys"),  STR_INIT("details"),    STR_INIT("digests"),
    STR_INIT("dockerfile"),  STR_INIT("follow"),     STR_INIT("force"),
    STR_INIT("fromImage"),   STR_INIT("h"),          STR_INIT("insertDefaults"),
    STR_INIT("limit"),       STR_INIT("link"),       STR_INIT("logs"),
    STR_INIT("memory"),      STR_INIT("name"),       STR_INIT("names"),
    STR_INIT("networkmode"), STR_INIT("nocache"),    STR_INIT("noprune"),
    STR_INIT("one-shot"),    STR_INIT("path"),       STR_INIT("pause"),
    STR_INIT("platform"),    STR_INIT("ps_args"),    STR_INIT("pull"),
    STR_INIT("q"),           STR_INIT("quiet"),      STR_INIT("repo"),
    STR_INIT("rm"),          STR_INIT("rollback"),   STR_INIT("scope"),
    STR_INIT("signal"),      STR_INIT("since"),      STR_INIT("size"),
    STR_INIT("status"),      STR_INIT("stderr"),     STR_INIT("stdin"),
    STR_INIT("stdout"),      STR_INIT("stream"),     STR_INIT("t"),
    STR_INIT("tag"),         STR_INIT("tail"),       STR_INIT("target"),
    STR_INIT("term"),        STR_INIT("timestamps"), STR_INIT("type"),
    STR_INIT("until"),       STR_INIT("v"),          STR_INIT("verbose"),
    STR_INIT("version"),     STR_INIT("w"),
};

bool redact_is_plain(struct str name)
{
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        if (str_eq(plain[i], name))
            return true;
    }
    return false;
}

/* Index of the first byte of s that is in set, or s.len. */
static size_t find_any(struct str s, const char *set)
{
    for (; *set; set++)
        s.len = str_find(s, *set);
    return s.len;
}

static size_t put(char *into, size_t at, struct str text)
{
    if (text.len)
        memcpy(into + at, text.ptr, text.len);
    return at + text.len;
}

/* s behind c, which stands as it is or as %XX; s itself when it begins otherwise. */
static struct str skip_char(struct str s, char c)
{
    static const char digits[] = "0123456789abcdef";

    if (s.len >= 1 && s.ptr[0] == c)
        return str_skip(s, 1);
    if (s.len >= 3 && s.ptr[0] == '%' && s.ptr[1] == digits[(c >> 4) & 15] &&
        (s.ptr[2] | 0x20) == digits[c & 15])
        return str_skip(s, 3);
    return s;
}

/* Whether "://" is in it, encoded or not: an address may hold a password. */
static bool holds_address(struct str s)
{
    for (size_t at = find_any(s, ":%"); at < s.len; at = find_any(s, ":%")) {
        struct str colon = str_skip(s, at);
        struct str slash = skip_char(colon, ':');
        struct str other = skip_char(slash, '/');

        if (slash.len < colon.len && other.len < slash.len && skip_char(other, '/').len < other.len)
            return true;
        s = str_skip(colon, 1);
    }
    return false;
}

/* "name=value" as it may stand; a name without a value may be all secret. */
static size_t put_pair(char *into, size_t at, struct str pair)
{
    size_t equals = str_find(pair, '=');
    struct str name = str_take(pair, equals);

    if (redact_is_plain(name) && !holds_address(pair))
        return put(into, at, pair);
    if (equals == pair.len)
        return pair.len ? put(into, at, STR(HIDDEN)) : at;
    at = put(into, at, str_take(pair, equals + 1));
    return put(into, at, STR(HIDDEN));
}

struct str redact_uri(struct str uri, struct arena *arena)
{
    size_t question = find_any(uri, "?#");
    struct str rest = str_skip(uri, question + 1);
    size_t at;
    char *text;

    if (uri.len && (uri.ptr[0] != '/' || holds_address(str_take(uri, question))))
        return STR("(" HIDDEN ", not a path)");
    if (question == uri.len)
        return uri;
    /* The worst that becomes longer: each byte a pair of its own. */
    text = arena_alloc(arena, question + 1 + rest.len * sizeof HIDDEN + sizeof HIDDEN);
    if (!text)
        return STR("(no memory)");
    at = put(text, 0, str_take(uri, question + 1));
    if (uri.ptr[question] == '#')
        return (struct str){text, put(text, at, STR(HIDDEN))};
    for (;;) {
        size_t end = find_any(rest, "&;");

        at = put_pair(text, at, str_take(rest, end));
        if (end == rest.len)
            break;
        text[at++] = rest.ptr[end];
        rest = str_skip(rest, end + 1);
    }
    return (struct str){text, at};
}

static const char *find_scheme(struct str image)
{
    return image.len ? memmem(image.ptr, image.len, "://", 3) : NULL;
}

struct str redact_image(struct str image, struct arena *arena)
{
    const char *scheme = find_scheme(image);
    struct str head;
    struct str host;
    struct str text;

    if (!scheme)
        return image;
    head = str_take(image, (size_t)(scheme - image.ptr) + 3);
    host = str_skip(image, head.len);
    host = str_take(host, find_any(host, "?#"));
    for (size_t at = str_find(host, '@'); at < host.len; at = str_find(host, '@'))
        host = str_skip(host, at + 1);
    text = arena_printf(arena, "%.*s%.*s", STR_FMT(head), STR_FMT(host));
    return text.ptr ? text : STR("(no memory)");
}

/* What follows a scheme, up to a space or a quote. */
static size_t put_address(char *into, size_t at, struct str address)
{
    size_t end = find_any(address, "?#");
    struct str host = str_take(address, end);
    bool has_user = false;

    for (size_t mark = str_find(host, '@'); mark < host.len; mark = str_find(host, '@')) {
        host = str_skip(host, mark + 1);
        has_user = true;
    }
    if (has_user)
        at = put(into, at, STR(HIDDEN "@"));
    at = put(into, at, host);
    if (end == address.len)
        return at;
    at = put(into, at, str_take(str_skip(address, end), 1));
    return put(into, at, STR(HIDDEN));
}

struct str redact_text(struct str text, struct arena *arena)
{
    const char *scheme = find_scheme(text);
    size_t at = 0;
    char *out;

    if (!scheme)
        return text;
    /* The worst that becomes longer: "://@?" gets 6 bytes more. */
    out = arena_alloc(arena, 3 * text.len);
    if (!out)
        return STR("(no memory)");
    for (; scheme; scheme = find_scheme(text)) {
        struct str head = str_take(text, (size_t)(scheme - text.ptr) + 3);
        struct str rest = str_skip(text, head.len);
        struct str address = str_take(rest, find_any(rest, " \t\n\"'<>"));

        at = put(out, at, head);
        at = put_address(out, at, address);
        text = str_skip(rest, address.len);
    }
    return (struct str){out, put(out, at, text)};
}
