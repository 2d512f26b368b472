#include "base/document.h"

#include <jansson.h>

/* A document is the library's value under a name that others may know. */
static const json_t *root_of(const struct document *document)
{
    return (const json_t *)(const void *)document;
}

int document_parse(struct str text, struct document **ret, struct err *err)
{
    json_error_t why;
    json_t *root = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &why);

    if (!root)
        return err_set(err, ERR_INVALID, "not JSON: %s", why.text);
    if (!json_is_object(root)) {
        json_decref(root);
        return err_set(err, ERR_INVALID, "not a JSON object");
    }
    *ret = (struct document *)(void *)root;
    return 0;
}

void document_free(struct document *document)
{
    json_decref((json_t *)(void *)document);
}

static const json_t *find(const struct document *document, const char *path)
{
    const json_t *at = root_of(document);
    struct str rest = str_from(path);

    while (at && rest.len) {
        struct str name = str_take(rest, str_find(rest, '.'));

        at = json_object_getn(at, name.ptr, name.len);
        rest = str_skip(rest, name.len + 1);
    }
    return at;
}

struct str document_text(const struct document *document, const char *path)
{
    const json_t *at = find(document, path);

    return (struct str){json_string_value(at), json_string_length(at)};
}

uint64_t document_number(const struct document *document, const char *path)
{
    return (uint64_t)json_integer_value(find(document, path));
}

bool document_truth(const struct document *document, const char *path)
{
    return json_is_true(find(document, path));
}

void document_numbers(const struct document *document, const char *path,
                      void (*take)(void *context, const char *name, uint64_t number), void *context)
{
    json_t *object = str_unconst(find(document, path));
    const char *name;
    json_t *value;

    json_object_foreach(object, name, value)
    {
        if (json_is_integer(value))
            take(context, name, (uint64_t)json_integer_value(value));
    }
}
