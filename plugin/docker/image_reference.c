#include "docker/image_reference.h"

enum { TAG_MAX = 128, NAME_MAX_LEN = 255, ID_LEN = 64 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_lower_alnum(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z');
}

static bool is_alnum(char c)
{
    return is_lower_alnum(c) || (c >= 'A' && c <= 'Z');
}

static bool is_hex(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_digit(text.ptr[i]) && (text.ptr[i] < 'a' || text.ptr[i] > 'f'))
            return false;
    return text.len > 0;
}

bool image_reference_is_tag(struct str text)
{
    if (text.len == 0 || text.len > TAG_MAX || (!is_alnum(text.ptr[0]) && text.ptr[0] != '_'))
        return false;
    for (size_t i = 1; i < text.len; i++)
        if (!is_alnum(text.ptr[i]) && text.ptr[i] != '_' && text.ptr[i] != '.' &&
            text.ptr[i] != '-')
            return false;
    return true;
}

bool image_reference_is_digest(struct str text)
{
    const struct {
        struct str prefix;
        size_t len;
    } kinds[] = {{STR("sha256:"), 64}, {STR("sha384:"), 96}, {STR("sha512:"), 128}};

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_starts(text, kinds[i].prefix) && text.len == kinds[i].prefix.len + kinds[i].len)
            return is_hex(str_skip(text, kinds[i].prefix.len));
    return false;
}

/* Bytes of the separator at the front of text: one ".", one or two "_", any number of "-". */
static size_t separator_len(struct str text)
{
    size_t len = 0;

    if (text.len == 0)
        return 0;
    if (text.ptr[0] == '.')
        return 1;
    if (text.ptr[0] == '_')
        return text.len > 1 && text.ptr[1] == '_' ? 2 : 1;
    while (len < text.len && text.ptr[len] == '-')
        len++;
    return len;
}

/* Lower-case words with separators between them. */
static bool is_path_component(struct str text)
{
    for (;;) {
        size_t word = 0;
        size_t gap;

        while (word < text.len && is_lower_alnum(text.ptr[word]))
            word++;
        if (word == 0)
            return false;
        text = str_skip(text, word);
        if (text.len == 0)
            return true;
        gap = separator_len(text);
        if (gap == 0)
            return false;
        text = str_skip(text, gap);
    }
}

static bool is_path(struct str text)
{
    for (;;) {
        size_t slash = str_find(text, '/');

        if (!is_path_component(str_take(text, slash)))
            return false;
        if (slash == text.len)
            return true;
        text = str_skip(text, slash + 1);
    }
}

/* A host name: labels of letters, digits and inner dashes, between dots. */
static bool is_host(struct str text)
{
    char before = '.';

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool edge = before == '.' || i + 1 == text.len || text.ptr[i + 1] == '.';

        if (!is_alnum(c) && (c != '.' || before == '.') && (c != '-' || edge))
            return false;
        before = c;
    }
    return text.len > 0 && before != '.';
}

static bool is_ipv6_host(struct str text)
{
    if (text.len < 3 || text.ptr[0] != '[' || text.ptr[text.len - 1] != ']')
        return false;
    for (size_t i = 1; i + 1 < text.len; i++) {
        char c = text.ptr[i];

        if (!is_digit(c) && (c < 'a' || c > 'f') && (c < 'A' || c > 'F') && c != ':')
            return false;
    }
    return true;
}

static bool is_domain(struct str text)
{
    size_t port = text.len;

    while (port > 0 && is_digit(text.ptr[port - 1]))
        port--;
    if (port > 0 && port < text.len && text.ptr[port - 1] == ':')
        text = str_take(text, port - 1);
    return is_host(text) || is_ipv6_host(text);
}

/* Whether what stands before the first slash names a registry. Upper-case letters make it one only
 * since reference v0.4; before that the engine refused such a name, so this reading is safe. */
static bool names_registry(struct str first)
{
    for (size_t i = 0; i < first.len; i++)
        if (first.ptr[i] == '.' || first.ptr[i] == ':' ||
            (first.ptr[i] >= 'A' && first.ptr[i] <= 'Z'))
            return true;
    return str_eq(first, STR("localhost"));
}

/* Cut "@digest" and ":tag" off *name. False when what is cut is not one. */
static bool cut_tag_and_digest(struct str *name, struct image_reference *ref)
{
    size_t at = str_find(*name, '@');
    size_t colon;

    if (at < name->len) {
        ref->digest = str_skip(*name, at + 1);
        *name = str_take(*name, at);
        if (!image_reference_is_digest(ref->digest))
            return false;
    }
    colon = str_find(*name, ':');
    if (colon < name->len) {
        ref->tag = str_skip(*name, colon + 1);
        *name = str_take(*name, colon);
        return image_reference_is_tag(ref->tag);
    }
    return true;
}

static int set_repository(struct arena *arena, struct str path, struct image_reference *ref)
{
    const struct str library = STR("library/");
    bool hub = str_eq(ref->registry, STR("docker.io"));
    char *full;

    ref->repository = path;
    ref->official = hub && str_starts(path, library) &&
                    str_find(str_skip(path, library.len), '/') == path.len - library.len;
    if (!hub || str_find(path, '/') < path.len)
        return 0;
    full = arena_alloc(arena, library.len + path.len);
    if (!full)
        return -1;
    memcpy(full, library.ptr, library.len);
    if (path.len)
        memcpy(full + library.len, path.ptr, path.len);
    ref->repository = (struct str){full, library.len + path.len};
    ref->official = true;
    return 0;
}

static bool looks_like_id(struct str text)
{
    if (str_starts(text, STR("sha256:")))
        text = str_skip(text, 7);
    return text.len <= ID_LEN && is_hex(text);
}

int image_reference_parse(struct arena *arena, struct str text, struct image_reference *ret)
{
    struct image_reference ref = {.may_be_id = looks_like_id(text)};
    size_t slash = str_find(text, '/');
    struct str path = text;
    bool valid;

    if (image_reference_is_digest(text) || (text.len == ID_LEN && is_hex(text))) {
        ref.is_id = ref.valid = true;
        ref.digest = text;
        *ret = ref;
        return 0;
    }
    ref.registry = STR("docker.io");
    if (slash < text.len && names_registry(str_take(text, slash))) {
        ref.registry = str_take(text, slash);
        path = str_skip(text, slash + 1);
    }
    if (str_eq(ref.registry, STR("index.docker.io")))
        ref.registry = STR("docker.io");
    valid = cut_tag_and_digest(&path, &ref);
    if (set_repository(arena, path, &ref) < 0)
        return -1;
    /* "a.b_c/d" is a name too, though "a.b_c" can be no registry. */
    ref.valid = valid && (is_domain(ref.registry) || is_path(ref.registry)) &&
                is_path(ref.repository) && ref.repository.len <= NAME_MAX_LEN;
    *ret = ref;
    return 0;
}
