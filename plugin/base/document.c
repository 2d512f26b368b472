#include "base/document.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>

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

enum document_kind document_kind(const struct document *document, const char *path)
{
    const json_t *at = find(document, path);

    if (!at)
        return DOCUMENT_NOTHING;
    if (json_is_object(at))
        return DOCUMENT_OBJECT;
    return json_is_array(at) ? DOCUMENT_LIST : DOCUMENT_SCALAR;
}

static const struct document *as_document(const json_t *value)
{
    return (const struct document *)(const void *)value;
}

const struct document *document_at(const struct document *document, const char *path)
{
    return as_document(find(document, path));
}

size_t document_count(const struct document *document, const char *path)
{
    const json_t *at = find(document, path);

    return json_is_array(at) ? json_array_size(at) : json_object_size(at);
}

void document_each(const struct document *document, const char *path,
                   void (*take)(void *context, struct str name, const struct document *value),
                   void *context)
{
    json_t *at = str_unconst(find(document, path));
    const char *name;
    size_t length;
    json_t *value;

    for (size_t i = 0; i < json_array_size(at); i++)
        take(context, STR(""), as_document(json_array_get(at, i)));
    json_object_keylen_foreach(at, name, length, value)
    {
        take(context, (struct str){name, length}, as_document(value));
    }
}

struct str document_scalar(const struct document *document, const char *path,
                           char text[static DOCUMENT_SCALAR_BYTES])
{
    const json_t *at = find(document, path);

    if (json_is_string(at))
        return (struct str){json_string_value(at), json_string_length(at)};
    if (json_is_integer(at))
        (void)snprintf(text, DOCUMENT_SCALAR_BYTES, "%" PRId64, (int64_t)json_integer_value(at));
    else if (json_is_real(at))
        (void)snprintf(text, DOCUMENT_SCALAR_BYTES, "%.15g", json_real_value(at));
    else if (json_is_boolean(at))
        return json_is_true(at) ? STR("true") : STR("false");
    else
        return json_is_null(at) ? STR("null") : STR("");
    return str_from(text);
}
