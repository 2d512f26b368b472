#ifndef VIEW_CHECK_H
#define VIEW_CHECK_H

#include "docker/request.h"

#include "check.h"

/* A request as a client sends it, and what rules would see of it. */
struct view_check {
    struct arena arena;
    struct request request;
};

static const char view_check_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static inline struct str view_check_base64(struct arena *arena, struct str text)
{
    char *out = arena_alloc(arena, (text.len + 2) / 3 * 4);
    size_t len = 0;

    CHECK(out);
    for (size_t i = 0; i < text.len; i += 3) {
        unsigned word = 0;

        for (size_t j = 0; j < 3; j++)
            word = word << 8 | (i + j < text.len ? (unsigned char)text.ptr[i + j] : 0U);
        for (size_t j = 0; j < 4; j++)
            out[len++] = i + j > text.len ? '=' : view_check_digits[word >> (18 - 6 * j) & 63];
    }
    return (struct str){out, len};
}

/* body: JSON, or NULL for a call without one. Returns what request_read() does. */
static inline int view_check_try(struct view_check *check, const char *method, const char *uri,
                                 const char *body)
{
    struct str coded = view_check_base64(&check->arena, str_from(body));
    struct str message = arena_printf(
        &check->arena,
        "{\"User\":\"alice\",\"UserAuthNMethod\":\"TLS\",\"RequestMethod\":\"%s\","
        "\"RequestUri\":\"%s\",\"RequestHeaders\":{%s}%s%.*s%s}",
        method, uri, body ? "\"Content-Type\":\"application/json\"" : "\"Content-Length\":\"0\"",
        body ? ",\"RequestBody\":\"" : "", STR_FMT(coded), body ? "\"" : "");
    struct refusal refusal;

    CHECK(message.ptr);
    return request_read(message, &check->arena, &check->request, &refusal);
}

static inline void view_check_read(struct view_check *check, const char *method, const char *uri,
                                   const char *body)
{
    check_that(view_check_try(check, method, uri, body) == 0, __FILE__, __LINE__,
               body ? body : uri);
}

static inline const struct node *view_check_step(const struct node *node, struct str step)
{
    size_t index = 0;

    for (size_t i = 0; i < step.len; i++)
        index = index * 10 + (size_t)(step.ptr[i] - '0');
    if (step.len == 0 || step.ptr[0] > '9')
        return node_get(node, step);
    return node_count(node) >= index ? node_item(node, index - 1) : NULL;
}

/* "mounts/1/source": list positions count from 1. NULL where a step leads nowhere. */
static inline const struct node *view_check_at(const struct view_check *check, const char *path)
{
    struct str rest = str_from(path);
    const struct node *node = &check->request.view;

    while (node && rest.len > 0) {
        size_t end = str_find(rest, '/');

        node = view_check_step(node, str_take(rest, end));
        rest = str_skip(rest, end + 1);
    }
    return node;
}

/* The value at path as text: "nil", "true", "7", "0.5", or the string itself; "#3" for a list or
 * map of three; "?" where a step leads nowhere, which to a rule is an error or nil. */
static inline struct str view_check_text(struct view_check *check, const char *path)
{
    const struct node *node = view_check_at(check, path);

    if (!node)
        return STR("?");
    switch (node->type) {
    case NODE_NULL:
        return STR("nil");
    case NODE_BOOL:
        return node->boolean ? STR("true") : STR("false");
    case NODE_INT:
        return arena_printf(&check->arena, "%lld", (long long)node->integer);
    case NODE_FLOAT:
        return arena_printf(&check->arena, "%g", node->number);
    case NODE_STRING:
        return node->string;
    default:
        return arena_printf(&check->arena, "#%zu", node_count(node));
    }
}

#define CHECK_VIEW(check, path, want)                                                              \
    check_str(view_check_text(check, path), str_from(want), __FILE__, __LINE__)

#endif
