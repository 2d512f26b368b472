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

/* What follows the "@" of "busybox:1@sha256:...", encoded or not. */
static bool is_digest(struct str s)
{
    return str_starts(s, STR("sha256")) || str_starts(s, STR("sha512"));
}

/* Whether there is an "@", or something encoded: most texts have neither. */
static bool may_hold_login(struct str s)
{
    return find_any(s, "@%") < s.len;
}

static size_t login_bytes(struct str s)
{
    size_t bytes = 0;
    bool has_colon = false;

    for (struct str rest = s; rest.len; rest = str_skip(rest, 1)) {
        struct str behind = skip_char(rest, '@');

        if (skip_char(rest, '/').len < rest.len)
            break;
        has_colon |= skip_char(rest, ':').len < rest.len;
        if (has_colon && behind.len < rest.len && !is_digest(behind))
            bytes = s.len - behind.len;
    }
    return bytes;
}

size_t redact_login(struct str s)
{
    return may_hold_login(s) ? login_bytes(s) : 0;
}

bool redact_path_holds_login(struct str path)
{
    if (!may_hold_login(path))
        return false;
    for (; path.len; path = str_skip(path, 1)) {
        struct str rest = skip_char(path, '/');

        if (rest.len < path.len && login_bytes(rest))
            return true;
    }
    return false;
}

/* "name=value" as it may stand; a name without a value may be all secret. */
static size_t put_pair(char *into, size_t at, struct str pair)
{
    size_t equals = str_find(pair, '=');
    struct str name = str_take(pair, equals);

    if (redact_is_plain(name) && !holds_address(pair) && !redact_login(str_skip(pair, equals + 1)))
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

    if (uri.len && (uri.ptr[0] != '/' || holds_address(str_take(uri, question)) ||
                    redact_path_holds_login(str_take(uri, question))))
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

/* What follows the last "@". */
static struct str without_user(struct str host)
{
    for (size_t at = str_find(host, '@'); at < host.len; at = str_find(host, '@'))
        host = str_skip(host, at + 1);
    return host;
}

struct str redact_image(struct str image, struct arena *arena)
{
    struct str name = str_skip(image, redact_login(image));
    const char *scheme = find_scheme(name);
    struct str head;
    struct str host;
    char *text;

    if (!scheme)
        return name;
    head = str_take(name, (size_t)(scheme - name.ptr) + 3);
    host = str_skip(name, head.len);
    host = str_take(host, find_any(host, "?#"));
    host = without_user(host);
    text = arena_alloc(arena, head.len + host.len);
    return text ? (struct str){text, put(text, put(text, 0, head), host)} : STR("(no memory)");
}

/* What follows a scheme, up to a space or a quote. */
static size_t put_address(char *into, size_t at, struct str address)
{
    size_t end = find_any(address, "?#");
    struct str host = without_user(str_take(address, end));

    if (host.len < end)
        at = put(into, at, STR(HIDDEN "@"));
    at = put(into, at, host);
    if (end == address.len)
        return at;
    at = put(into, at, str_take(str_skip(address, end), 1));
    return put(into, at, STR(HIDDEN));
}

static size_t put_word(char *into, size_t at, struct str word)
{
    size_t login = redact_login(word);
    struct str rest = str_skip(word, login);
    const char *scheme = find_scheme(rest);
    struct str head = str_take(rest, scheme ? (size_t)(scheme - rest.ptr) + 3 : rest.len);

    if (login)
        at = put(into, at, STR(HIDDEN "@"));
    at = put(into, at, head);
    return put_address(into, at, str_skip(rest, head.len));
}

struct str redact_text(struct str text, struct arena *arena)
{
    size_t at = 0;
    char *out;

    if (!find_scheme(text) && str_find(text, '@') == text.len)
        return text;
    /* The worst that becomes longer: "://@?" gets 6 bytes more. */
    out = arena_alloc(arena, 3 * text.len);
    if (!out)
        return STR("(no memory)");
    while (text.len) {
        struct str word = str_take(text, find_any(text, " \t\n\"'<>"));

        at = put_word(out, at, word);
        text = str_skip(text, word.len);
        at = put(out, at, str_take(text, 1));
        text = str_skip(text, 1);
    }
    return (struct str){out, at};
}
