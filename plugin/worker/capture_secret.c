#include "worker/capture_secret.h"

#include <stdbool.h>

#include "worker/redact.h"

static struct str or_hidden(struct str text)
{
    return text.ptr ? text : STR(CAPTURE_SECRET_HIDDEN);
}

static bool is_name(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (!(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z') &&
            c != '_')
            return false;
    }
    return true;
}

struct str capture_secret_pair(struct str pair, struct arena *arena)
{
    size_t equals = str_find(pair, '=');

    if (equals == pair.len)
        return is_name(pair) ? pair : STR(CAPTURE_SECRET_HIDDEN);
    if (equals + 1 == pair.len)
        return pair;
    return or_hidden(arena_printf(arena, "%.*s=" CAPTURE_SECRET_HIDDEN, (int)equals, pair.ptr));
}

struct str capture_secret_first_word(struct str text, struct arena *arena)
{
    size_t at = 0;

    while (at < text.len && !strchr(" \t\n=", text.ptr[at]))
        at++;
    if (at == text.len)
        return text;
    return or_hidden(arena_printf(arena, "%.*s " CAPTURE_SECRET_HIDDEN, (int)at, text.ptr));
}

/* Words in small letters that names of secrets have in them. */
static const struct str telling[] = {
    STR_INIT("auth"), STR_INIT("cred"), STR_INIT("key"),    STR_INIT("pass"),
    STR_INIT("priv"), STR_INIT("pwd"),  STR_INIT("secret"), STR_INIT("token"),
};

static bool has_word(struct str name, struct str word)
{
    for (size_t at = 0; at + word.len <= name.len; at++) {
        size_t i = 0;

        while (i < word.len && (name.ptr[at + i] | 0x20) == word.ptr[i])
            i++;
        if (i == word.len)
            return true;
    }
    return false;
}

static bool is_secret_name(struct str name)
{
    for (size_t i = 0; i < sizeof telling / sizeof telling[0]; i++)
        if (has_word(name, telling[i]))
            return true;
    return false;
}

struct str capture_secret_label(enum capture_secret_labels labels, struct str name,
                                struct str value, struct arena *arena)
{
    bool is_told = labels == CAPTURE_SECRET_LABELS_TOLD && !is_secret_name(name);

    if (value.len && !is_told)
        return STR(CAPTURE_SECRET_HIDDEN);
    return capture_secret_address(value, arena);
}

/* The host of an address, with user and password if they are in it. */
static struct str authority_of(struct str rest)
{
    size_t at = 0;

    while (at < rest.len && !strchr("/?# \t\n\"'", rest.ptr[at]))
        at++;
    return str_take(rest, at);
}

/* Where the part up to the last '@' of text ends; 0 when there is none. */
static size_t user_bytes(struct str text)
{
    size_t at = text.len;

    while (at > 0 && text.ptr[at - 1] != '@')
        at--;
    return at;
}

/* text with the user hidden that stands behind mark, where it stands first; what is before it and
 * behind it as it is. */
static struct str hide_user(struct str text, struct str mark, struct arena *arena)
{
    const char *found = text.len ? memmem(text.ptr, text.len, mark.ptr, mark.len) : NULL;
    struct str head;
    struct str rest;
    size_t user;

    if (!found)
        return text;
    head = str_take(text, (size_t)(found - text.ptr) + mark.len);
    rest = str_skip(text, head.len);
    user = user_bytes(authority_of(rest));
    if (user == 0) {
        struct str tail = hide_user(rest, mark, arena);

        if (tail.ptr == rest.ptr)
            return text;
        return or_hidden(arena_printf(arena, "%.*s%.*s", STR_FMT(head), STR_FMT(tail)));
    }
    rest = hide_user(str_skip(rest, user), mark, arena);
    return or_hidden(
        arena_printf(arena, "%.*s" CAPTURE_SECRET_HIDDEN "@%.*s", STR_FMT(head), STR_FMT(rest)));
}

struct str capture_secret_address(struct str text, struct arena *arena)
{
    size_t login = redact_login(text);
    struct str rest = hide_user(str_skip(text, login), STR("://"), arena);

    if (!login)
        return rest;
    return or_hidden(arena_printf(arena, CAPTURE_SECRET_HIDDEN "@%.*s", STR_FMT(rest)));
}

/* Options of mount(8) and of the file systems that volumes may have, whose values are no secrets.
 */
static bool is_plain_mount_option(struct str name)
{
    static const struct str plain[] = {
        STR_INIT("addr"),  STR_INIT("dir_mode"), STR_INIT("file_mode"), STR_INIT("gid"),
        STR_INIT("mode"),  STR_INIT("nfsvers"),  STR_INIT("port"),      STR_INIT("proto"),
        STR_INIT("rsize"), STR_INIT("size"),     STR_INIT("timeo"),     STR_INIT("uid"),
        STR_INIT("vers"),  STR_INIT("wsize"),
    };

    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        if (str_eq(plain[i], name))
            return true;
    return false;
}

/* "addr=10.0.0.1,password=secret,ro": only words and the values of known options stay. */
static struct str mount_options(struct str options, struct arena *arena)
{
    struct str made = STR("");
    const char *separator = "";

    for (;;) {
        struct str word = str_take(options, str_find(options, ','));
        size_t equals = str_find(word, '=');
        struct str told =
            is_plain_mount_option(str_take(word, equals)) ? word : capture_secret_pair(word, arena);

        made = arena_printf(arena, "%.*s%s%.*s", STR_FMT(made), separator, STR_FMT(told));
        if (!made.ptr || word.len == options.len)
            return or_hidden(made);
        options = str_skip(options, word.len + 1);
        separator = ",";
    }
}

/* Numbers, sizes and switches, which hold no secret whatever they are called. */
static bool is_plain_value(struct str value)
{
    static const struct str words[] = {
        STR_INIT("blocking"),
        STR_INIT("false"),
        STR_INIT("non-blocking"),
        STR_INIT("true"),
    };
    size_t digits = 0;

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_eq(words[i], value))
            return true;
    while (digits < value.len && value.ptr[digits] >= '0' && value.ptr[digits] <= '9')
        digits++;
    return digits > 0 && value.len - digits <= sizeof "KiB" - 1;
}

struct str capture_secret_option(struct str name, struct str value, struct arena *arena)
{
    bool is_plain = value.len == 0 || str_eq(name, STR("type")) ||
                    str_starts(name, STR("com.docker.network.")) || is_plain_value(value);

    if (str_eq(name, STR("o")))
        return mount_options(value, arena);
    if (str_eq(name, STR("device")))
        return hide_user(value, STR("//"), arena);
    return is_plain ? value : STR(CAPTURE_SECRET_HIDDEN);
}
