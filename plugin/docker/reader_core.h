#ifndef DOCKER_READER_CORE_H
#define DOCKER_READER_CORE_H

#include <stdbool.h>
#include <stdint.h>

#include "docker/reader.h"

/* The reader's insides: one document on its way into the arena. */

enum {
    READER_MAX_DEPTH = 128,      /* strict */
    READER_GO_MAX_DEPTH = 10000, /* encoding/json, maxNestingDepth */
    READER_MAX_UNKNOWN = 256,    /* unknown fields, and bytes in the name of one */
};

/* Where the reader stands; one for each open object or list, on the C stack. */
struct reader_place {
    struct reader_place *up;
    struct str key;  /* of the member that is being read; .ptr is NULL before the first */
    size_t position; /* in a list, from 1; 0: in an object */
    size_t serial;   /* the how-manieth object or list of the document */
};

/* An unknown field, and the serial of the object that holds it. */
struct reader_unknown {
    size_t holder;
    uint64_t hash; /* of the key as folded */
    struct str key;
};

struct reader {
    const char *at;
    const char *end;
    const char *start;
    struct arena *arena;
    struct refusal *refusal;
    struct reader_place *place; /* innermost; NULL at the top */
    enum reader_mode mode;
    size_t depth;
    size_t opened; /* objects and lists so far */
    /* Members and items of what is still open; the innermost are at the end. */
    struct member *stack;
    size_t stack_count;
    size_t stack_cap;
    struct reader_unknown unknown[READER_MAX_UNKNOWN];
    struct node *unknown_paths; /* room for READER_MAX_UNKNOWN, once there is one */
    size_t unknown_count;
};

/* The value that a refusal is about and how to send it plainly; both go on to people. */
int reader_refuse(struct reader *reader, struct str id, struct str fix, const char *fmt, ...)
    __attribute__((cold, format(printf, 4, 5)));
/* The commonest refusals. Each returns -1. */
int reader_refuse_syntax(struct reader *reader, const char *what) __attribute__((cold));
int reader_refuse_type(struct reader *reader, const char *expected) __attribute__((cold));
int reader_refuse_full(struct reader *reader) __attribute__((cold));

/* "HostConfig.Binds[1]": where the reader stands. .ptr is NULL when the arena is full. */
struct str reader_path(struct reader *reader);
/* A key cut to a length that suits a message: the client chose it freely. */
struct str reader_shown(struct str key);

/* Put a member on the stack. */
int reader_push(struct reader *reader, struct str key, const struct node *value);
/* Take what lies above base off the stack, into the arena: as members, or as items. */
int reader_pop_members(struct reader *reader, size_t base, struct node *ret);
int reader_pop_items(struct reader *reader, size_t base, struct node *ret);

static inline void reader_space(struct reader *reader)
{
    while (reader->at < reader->end && (*reader->at == ' ' || *reader->at == '\n' ||
                                        *reader->at == '\t' || *reader->at == '\r'))
        reader->at++;
}

/* The byte that comes next, or 0 at the end: no JSON token begins with it. */
static inline char reader_peek(const struct reader *reader)
{
    return reader->at < reader->end ? *reader->at : '\0';
}

static inline bool reader_accept(struct reader *reader, char c)
{
    if (reader_peek(reader) != c || reader->at == reader->end)
        return false;
    reader->at++;
    return true;
}

/* Step over the bracket that opens an object or list, and over the space behind it. */
int reader_open(struct reader *reader, struct reader_place *place);
/* After a value or an opening bracket: returns 1 when another value follows, 0 when close ended
 * the object or list, -1 when neither is there. */
int reader_next(struct reader *reader, char close, bool *first);
/* Back to what stands around it; counterpart of reader_open(). */
static inline void reader_leave(struct reader *reader, const struct reader_place *place)
{
    reader->place = place->up;
    reader->depth--;
}

/* A member's key, the colon and the space behind it. */
int reader_key(struct reader *reader, struct str *ret);
/* A string, from its opening quote; borrowed from the input where that is possible. */
int reader_string(struct reader *reader, struct str *ret);
/* true, false or null at the next byte. */
int reader_word(struct reader *reader, struct str word);
/* A number's text, checked against the grammar. */
int reader_number(struct reader *reader, struct str *ret, bool *is_integer);
/* Step over any value; it must be well-formed. */
int reader_skip(struct reader *reader);

/* A number into KIND_INT or KIND_FLOAT. */
int reader_integer(struct reader *reader, const struct type *type, struct node *ret);
int reader_float(struct reader *reader, const struct type *type, struct node *ret);
/* A value of a scalar kind that is not null. */
int reader_scalar(struct reader *reader, const struct type *type, struct node *ret);
/* A number whose type is not known: NODE_INT where it fits, NODE_FLOAT otherwise. */
int reader_any_number(struct reader *reader, struct node *ret);
/* What Go leaves in memory that null was read into: a nil is NODE_NULL. */
int reader_zero(struct reader *reader, const struct type *type, struct node *ret);

/* What a key in a struct stands for. */
struct reader_match {
    const struct field *field; /* NULL: unknown */
    bool odd;                  /* only the fold beyond ASCII makes it match */
};
/* hint: index of the field that would follow in order. */
struct reader_match reader_match(const struct type *type, struct str key, size_t hint);
bool reader_fold_equal(struct str a, struct str b);
/* The key is unknown: note it and step over its value. */
int reader_unknown(struct reader *reader, const struct type *type, struct str key);

/* Read a value in one mode or the other; *ret is NODE_NULL where the document has null. */
int reader_strict_value(struct reader *reader, const struct type *type, struct node *ret);
int reader_merge_value(struct reader *reader, const struct type *type, struct node *memory);
/* Turn what reader_merge_value() built into a canonical tree. */
int reader_tidy(struct reader *reader, const struct type *type, struct node *memory);

#endif
