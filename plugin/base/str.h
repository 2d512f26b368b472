#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Borrowed text: not terminated, may hold NUL bytes. Valid as long as what it points into. */
struct str {
    const char *ptr;
    size_t len;
};

#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
/* The same where only a constant may stand: the tables of a file. */
#define STR_INIT(literal)                                                                          \
    {                                                                                              \
        "" literal, sizeof(literal) - 1                                                            \
    }
/* For printf: ("%.*s", STR_FMT(s)). */
#define STR_FMT(s) ((int)(s).len), ((s).ptr)

static inline struct str str_from(const char *text)
{
    return (struct str){text, text ? strlen(text) : 0};
}

static inline bool str_eq(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool str_starts(struct str s, struct str prefix)
{
    return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.ptr, prefix.ptr, prefix.len) == 0);
}

static inline bool str_ends(struct str s, struct str suffix)
{
    return s.len >= suffix.len &&
           (suffix.len == 0 || memcmp(s.ptr + s.len - suffix.len, suffix.ptr, suffix.len) == 0);
}

/* Index of the first c, or s.len. */
static inline size_t str_find(struct str s, char c)
{
    const char *at = s.len ? memchr(s.ptr, c, s.len) : NULL;

    return at ? (size_t)(at - s.ptr) : s.len;
}

/* s without its first n bytes (all of them if it has fewer). */
static inline struct str str_skip(struct str s, size_t n)
{
    if (n > s.len)
        n = s.len;
    return (struct str){s.ptr + n, s.len - n};
}

/* The first n bytes of s (all of them if it has fewer). */
static inline struct str str_take(struct str s, size_t n)
{
    return (struct str){s.ptr, n < s.len ? n : s.len};
}

/* Order by bytes, shorter first: the order in which views are walked. */
static inline int str_cmp(struct str a, struct str b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common ? memcmp(a.ptr, b.ptr, common) : 0;

    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

/* For system interfaces that declare what they only read as if they wrote to it. */
static inline void *str_unconst(const void *ptr)
{
    union {
        const void *in;
        void *out;
    } both = {ptr};

    return both.out;
}

#endif
