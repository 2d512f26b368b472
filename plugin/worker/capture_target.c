#include "worker/capture_target.h"

#include "base/buffer.h"
#include "worker/capture_json.h"
#include "worker/capture_secret.h"
#include "worker/redact.h"

enum { TEXT_MAX_BYTES = 4 * 1024 * 1024 };

enum treatment {
    HIDDEN,
    PLAIN,        /* but for passwords in addresses */
    ADDRESS,      /* of something that the engine fetches */
    INSTRUCTIONS, /* of a Dockerfile */
    JSON,         /* see capture_json.h */
};

/* Parameters besides those that are always plain. */
static const struct {
    struct str name;
    enum treatment treatment;
    enum capture_json json;
} known[] = {
    {STR_INIT("author"), HIDDEN, 0},
    {STR_INIT("buildargs"), JSON, CAPTURE_JSON_HIDDEN},
    {STR_INIT("cachefrom"), JSON, CAPTURE_JSON_PLAIN},
    {STR_INIT("cgroupparent"), PLAIN, 0},
    {STR_INIT("changes"), INSTRUCTIONS, 0},
    {STR_INIT("checkpoint"), PLAIN, 0},
    {STR_INIT("checkpoint-dir"), PLAIN, 0},
    {STR_INIT("comment"), HIDDEN, 0},
    {STR_INIT("copyUIDGID"), PLAIN, 0},
    {STR_INIT("cpuperiod"), PLAIN, 0},
    {STR_INIT("cpuquota"), PLAIN, 0},
    {STR_INIT("cpusetcpus"), PLAIN, 0},
    {STR_INIT("cpusetmems"), PLAIN, 0},
    {STR_INIT("cpushares"), PLAIN, 0},
    {STR_INIT("dir"), PLAIN, 0},
    {STR_INIT("extrahosts"), PLAIN, 0},
    {STR_INIT("filters"), JSON, CAPTURE_JSON_FILTERS},
    {STR_INIT("fromSrc"), ADDRESS, 0},
    {STR_INIT("labels"), JSON, CAPTURE_JSON_LABELS},
    {STR_INIT("memswap"), PLAIN, 0},
    {STR_INIT("message"), HIDDEN, 0},
    {STR_INIT("noOverwriteDirNonDir"), PLAIN, 0},
    {STR_INIT("outputs"), JSON, CAPTURE_JSON_HIDDEN},
    {STR_INIT("remote"), ADDRESS, 0},
    {STR_INIT("securityopt"), PLAIN, 0},
    {STR_INIT("session"), PLAIN, 0},
    {STR_INIT("shmsize"), PLAIN, 0},
    {STR_INIT("squash"), PLAIN, 0},
    {STR_INIT("ulimits"), JSON, CAPTURE_JSON_PLAIN},
};

/* Of an address host and path stay. What is none may be the name of a plugin; where files are
 * fetched from, only the words that the engine knows are told. */
static struct str address(struct str text, enum action action, struct arena *arena)
{
    bool is_fetched = action == ACTION_BUILD_RUN || action == ACTION_IMAGE_IMPORT;
    bool is_word = str_eq(text, STR("-")) || str_eq(text, STR("client-session"));

    if (text.len == 0 || is_word)
        return text;
    if (is_fetched && !memmem(text.ptr, text.len, "://", 3))
        return STR(CAPTURE_SECRET_HIDDEN);
    return redact_image(text, arena);
}

/* Instructions begin with their names, which consist of letters. */
static struct str instruction(struct str text, struct arena *arena)
{
    size_t at = 0;

    while (at < text.len && ((text.ptr[at] | 0x20) >= 'a' && (text.ptr[at] | 0x20) <= 'z'))
        at++;
    if (at < text.len && text.ptr[at] != ' ')
        return STR(CAPTURE_SECRET_HIDDEN);
    return capture_secret_first_word(text, arena);
}

/* The parameter's index in known[], or its size. */
static size_t find(struct str name)
{
    size_t at = 0;

    while (at < sizeof known / sizeof known[0] && !str_eq(known[at].name, name))
        at++;
    return at;
}

static bool is_known(struct str name)
{
    return find(name) < sizeof known / sizeof known[0] || redact_is_plain(name);
}

/* What the parameters are read for. */
struct reading {
    enum action action;
    enum capture_secret_labels labels;
    struct arena *arena;
};

static struct str told(const struct reading *now, const struct param *param)
{
    size_t at = find(param->key);
    enum treatment treatment = redact_is_plain(param->key) ? PLAIN : HIDDEN;

    if (at < sizeof known / sizeof known[0])
        treatment = known[at].treatment;
    switch (treatment) {
    case PLAIN:
        return capture_secret_address(param->value, now->arena);
    case ADDRESS:
        return address(param->value, now->action, now->arena);
    case INSTRUCTIONS:
        return instruction(param->value, now->arena);
    case JSON:
        return capture_json(param->value, known[at].json, now->labels, now->arena);
    case HIDDEN:
        break;
    }
    return param->value.len ? STR(CAPTURE_SECRET_HIDDEN) : param->value;
}

static bool stays(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c && strchr("-_.~/:,*", c));
}

static void put_encoded(struct str text, struct buffer *out)
{
    static const char digits[] = "0123456789ABCDEF";

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        const char escape[3] = {'%', digits[c >> 4], digits[c & 15]};

        if (stays(c))
            (void)buffer_append(out, text.ptr + i, 1);
        else
            (void)buffer_append(out, escape, sizeof escape);
    }
}

/* A name without a value may be all secret. */
static void put_param(const struct reading *now, const struct param *param, struct buffer *out)
{
    struct str key =
        param->value.len || is_known(param->key) ? param->key : STR(CAPTURE_SECRET_HIDDEN);

    put_encoded(key, out);
    (void)buffer_str(out, STR("="));
    put_encoded(told(now, param), out);
}

struct str capture_target(const struct request *request, enum capture_secret_labels labels,
                          struct arena *arena)
{
    struct str uri = request->envelope.uri;
    struct str path = str_take(uri, str_find(uri, '?'));
    const struct query *query = &request->line.query;
    const struct reading now = {request->route->action, labels, arena};
    struct buffer text;
    struct str made;

    if (redact_path_holds_login(path))
        return STR(CAPTURE_SECRET_HIDDEN);
    buffer_init(&text, TEXT_MAX_BYTES);
    (void)buffer_str(&text, path);
    for (size_t i = 0; i < query->count; i++) {
        (void)buffer_str(&text, i > 0 ? STR("&") : STR("?"));
        put_param(&now, &query->params[i], &text);
    }
    made = text.failed ? STR("") : arena_str(arena, buffer_view(&text));
    buffer_done(&text);
    return made.ptr && made.len ? made : STR(CAPTURE_SECRET_HIDDEN);
}
