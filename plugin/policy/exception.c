#include "policy/exception.h"

#include <stdio.h>

#include "base/utc.h"
#include "policy/glob.h"
#include "policy/locate.h"
#include "policy/near.h"
#include "policy/value.h"

enum {
    ID_MAX_BYTES = 64,
    TEXT_MAX_BYTES = 4096, /* of what a request has to be matched; longer is not covered */
};

struct reading {
    struct loading *loading;
    const struct node *entry;
    struct exception *made;
};

static const struct {
    struct str key;
    bool is_needed;
    const char *expected;
} keys[] = {
    {STR_INIT("id"), true, "a name for this exception"},
    {STR_INIT("rule"), true, "the id of a rule, such as \"container.bind-mounts\""},
    {STR_INIT("user"), false, "a pattern of user names, such as \"ci-*\""},
    {STR_INIT("image"), false, "a pattern of images, such as \"registry.example.com/team/*\""},
    {STR_INIT("label"), false, "a label and its value, such as \"tier=ci\""},
    {STR_INIT("expires"), true, "a date, such as \"2026-12-31\""},
    {STR_INIT("reason"), true, "a text that says why"},
    {STR_INIT("approved_by"), false, "who has approved it"},
};

enum { KEY_COUNT = sizeof keys / sizeof *keys };

static int fault(const struct reading *now, struct str key, const char *text)
{
    const struct exception *made = now->made;

    loading_fault(now->loading, made->source, locate_key(made->source->content, made->line, key),
                  "exceptions: %.*s%s%.*s: %s", STR_FMT(made->id), made->id.len ? "." : "",
                  STR_FMT(key), text);
    return -1;
}

static int fault_value(const struct reading *now, size_t key, const char *expected)
{
    const struct node *value = node_get(now->entry, keys[key].key);
    struct node nothing = {.type = NODE_NULL};
    char got[96];
    char text[256];

    (void)snprintf(text, sizeof text, "expected %s, got %s", expected,
                   value_describe(value ? value : &nothing, got, sizeof got));
    return fault(now, keys[key].key, text);
}

static int fault_key(const struct reading *now, struct str key)
{
    char hint[NEAR_HINT_BYTES];
    char text[256];
    struct near near;

    near_init(&near, key);
    for (size_t i = 0; i < KEY_COUNT; i++)
        near_offer(&near, keys[i].key);
    (void)snprintf(text, sizeof text,
                   "there is no such key%s; the keys are id, rule, user, image, label, expires, "
                   "reason and approved_by",
                   near_hint(&near, hint));
    return fault(now, key, text);
}

/* Texts where texts belong, and nothing else. */
static int check_keys(const struct reading *now)
{
    for (size_t i = 0; i < node_count(now->entry); i++) {
        struct str key = now->entry->fields.members[i].key;
        bool known = false;

        for (size_t j = 0; j < KEY_COUNT; j++)
            known |= str_eq(key, keys[j].key);
        if (!known)
            return fault_key(now, key);
    }
    for (size_t i = 0; i < KEY_COUNT; i++) {
        const struct node *value = node_get(now->entry, keys[i].key);

        if (value ? node_string(value).len == 0 : keys[i].is_needed)
            return fault_value(now, i, keys[i].expected);
    }
    return 0;
}

static struct str text_at(const struct reading *now, const char *key)
{
    return node_string(node_get(now->entry, str_from(key)));
}

static bool is_id(struct str id)
{
    for (size_t i = 0; i < id.len; i++) {
        char c = id.ptr[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

        if (!is_letter && !(c >= '0' && c <= '9') && c != '-' && c != '_' && c != '.')
            return false;
    }
    return id.len > 0 && id.len <= ID_MAX_BYTES;
}

static int read_id(const struct reading *now)
{
    struct str id = text_at(now, "id");

    if (!is_id(id))
        return fault_value(now, 0, "a name of at most 64 letters, digits, '-', '_' and '.'");
    now->made->id = id;
    now->made->line = locate_key(now->made->source->content, now->made->line, id);
    return 0;
}

/* A date holds to the end of its day. */
static int read_end(const struct reading *now)
{
    struct exception *made = now->made;

    made->expires = text_at(now, "expires");
    if (utc_read_date(made->expires, &made->end_s)) {
        made->end_s += UTC_DAY_S;
        return 0;
    }
    if (utc_read(made->expires, &made->end_s))
        return 0;
    return fault_value(now, 5,
                       "a date, such as \"2026-12-31\" (its last day, in UTC), or a time, such as "
                       "\"2026-12-31T18:00:00Z\"");
}

/* Images are compared by their full names, so "busybox" would never match any. */
static int read_image(const struct reading *now)
{
    struct str image = text_at(now, "image");

    if (image.len > 0 && image.ptr[0] != '*' && str_find(image, '/') == image.len)
        return fault_value(now, 3,
                           "an image with its registry, such as \"docker.io/library/busybox\" or "
                           "\"registry.example.com/team/*\"");
    now->made->image = image;
    return 0;
}

static int read_label(const struct reading *now)
{
    struct str label = text_at(now, "label");
    size_t equals = str_find(label, '=');

    if (label.len > 0 && (equals == 0 || equals == label.len))
        return fault_value(now, 4, keys[4].expected);
    now->made->label = str_take(label, equals);
    now->made->value = str_skip(label, equals + 1);
    return 0;
}

int exception_read(struct loading *loading, const struct source *source, int line,
                   const struct node *entry, struct exception *ret)
{
    const struct reading now = {loading, entry, ret};
    char got[96];

    *ret = (struct exception){.source = source, .line = line};
    if (entry->type != NODE_MAP) {
        loading_fault(loading, source, line,
                      "exceptions: expected a list of tables, such as { { id = \"...\", rule = "
                      "\"...\", expires = \"...\", reason = \"...\" } }, got %s in it",
                      value_describe(entry, got, sizeof got));
        return -1;
    }
    if (read_id(&now) < 0 || check_keys(&now) < 0 || read_end(&now) < 0 || read_image(&now) < 0 ||
        read_label(&now) < 0)
        return -1;
    ret->rule = text_at(&now, "rule");
    ret->user = text_at(&now, "user");
    ret->reason = text_at(&now, "reason");
    return 0;
}

static bool matches(struct str pattern, struct str text)
{
    return text.len <= TEXT_MAX_BYTES && glob_match(pattern, text);
}

static bool covers_user(const struct exception *exception, const struct node *req)
{
    struct str name = node_string(node_path(req, "user", "name", NULL));

    return name.len > 0 && matches(exception->user, name);
}

/* "name" + mark + detail, matched without being put together: a pattern that has the mark behind
 * its last slash is two patterns. */
static bool match_marked(struct str pattern, char mark, struct str name, struct str detail)
{
    size_t at = pattern.len;

    while (at > 0 && pattern.ptr[at - 1] != mark)
        at--;
    return detail.len > 0 && matches(str_take(pattern, at - 1), name) &&
           matches(str_skip(pattern, at), detail);
}

/* The part of a reference's pattern in which ':' and '@' mark a tag or a digest. */
static struct str last_part(struct str pattern)
{
    size_t at = pattern.len;

    while (at > 0 && pattern.ptr[at - 1] != '/')
        at--;
    return str_skip(pattern, at);
}

static bool covers_image(struct str pattern, const struct node *image)
{
    struct str name = node_string(node_get(image, STR("name")));
    struct str digest = node_string(node_get(image, STR("digest")));
    struct str part = last_part(pattern);

    if (name.len == 0 || !node_bool(node_get(image, STR("valid"))) ||
        node_bool(node_get(image, STR("is_id"))) || node_bool(node_get(image, STR("may_be_id"))))
        return false;
    if (str_find(part, '@') < part.len)
        return match_marked(pattern, '@', name, digest);
    if (str_find(part, ':') == part.len)
        return matches(pattern, name);
    /* Beside a digest the engine does not look at the tag. */
    return digest.len == 0 &&
           match_marked(pattern, ':', name, node_string(node_get(image, STR("tag"))));
}

static bool covers_images(const struct exception *exception, const struct node *req)
{
    const struct node *source = node_get(req, STR("source_image"));

    return covers_image(exception->image, node_get(req, STR("image"))) &&
           (node_count(source) == 0 || covers_image(exception->image, source));
}

/* Every list of labels that has the label must have it with that value: a service has two. */
static bool covers_label(const struct exception *exception, const struct node *req)
{
    static const char *const topics[] = {
        "build", "config", "container", "network", "node", "secret", "service", "swarm", "volume",
    };
    bool any = false;

    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++) {
        const struct node *labels = node_path(req, topics[i], "labels", NULL);
        const struct node *label = node_get(labels, exception->label);

        if (!label)
            continue;
        if (label->type != NODE_STRING || !matches(exception->value, label->string))
            return false;
        any = true;
    }
    return any;
}

bool exception_covers(const struct exception *exception, const struct node *req, int64_t now_s)
{
    return now_s < exception->end_s && (exception->user.len == 0 || covers_user(exception, req)) &&
           (exception->image.len == 0 || covers_images(exception, req)) &&
           (exception->label.len == 0 || covers_label(exception, req));
}
