#include "docker/reader_core.h"

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* The next character of a key, folded as encoding/json does (foldRune in its fold.go): ASCII
 * letters, and the two characters beyond ASCII whose simple folding is one. */
static char fold_next(struct str s, size_t *at)
{
    struct str rest = str_skip(s, *at);

    if (str_starts(rest, STR("\xc5\xbf"))) { /* U+017F, long s */
        *at += 2;
        return 's';
    }
    if (str_starts(rest, STR("\xe2\x84\xaa"))) { /* U+212A, Kelvin sign */
        *at += 3;
        return 'k';
    }
    ++*at;
    return lower(rest.ptr[0]);
}

bool reader_fold_equal(struct str a, struct str b)
{
    size_t i = 0;
    size_t j = 0;

    while (i < a.len && j < b.len)
        if (fold_next(a, &i) != fold_next(b, &j))
            return false;
    return i == a.len && j == b.len;
}

/* FNV-1a; only to pass most of the comparisons by. */
static uint64_t fold_hash(struct str s)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    size_t at = 0;

    while (at < s.len)
        hash = (hash ^ (unsigned char)fold_next(s, &at)) * UINT64_C(0x100000001b3);
    return hash;
}

static bool ascii_equal(struct str a, struct str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.ptr[i]) != lower(b.ptr[i]))
            return false;
    return true;
}

/* Clients send fields in the order of the engine's own type, less those that are empty: going on
 * from the last one finds the next within a few steps. */
static const struct field *find_exact(const struct type *type, struct str key, size_t hint)
{
    for (size_t i = hint; i < type->field_count; i++)
        if (str_eq(type->fields[i].name, key))
            return &type->fields[i];
    for (size_t i = 0; i < hint; i++)
        if (str_eq(type->fields[i].name, key))
            return &type->fields[i];
    return NULL;
}

struct reader_match reader_match(const struct type *type, struct str key, size_t hint)
{
    struct reader_match match = {.field = find_exact(type, key, hint)};

    for (size_t i = 0; !match.field && i < type->field_count; i++) {
        if (!reader_fold_equal(type->fields[i].name, key))
            continue;
        match.field = &type->fields[i];
        match.odd = !ascii_equal(match.field->name, key);
    }
    return match;
}

/* In one object no two unknown fields may fold to the same: an engine that knows them would take
 * one of the two. */
static bool has_twin(const struct reader *reader, struct str key)
{
    uint64_t hash = fold_hash(key);

    for (size_t i = 0; i < reader->unknown_count; i++)
        if (reader->unknown[i].holder == reader->place->serial && reader->unknown[i].hash == hash &&
            reader_fold_equal(reader->unknown[i].key, key))
            return true;
    return false;
}

static int note(struct reader *reader, struct str key)
{
    struct str path = reader_path(reader);

    if (!reader->unknown_paths)
        reader->unknown_paths =
            arena_array(reader->arena, READER_MAX_UNKNOWN, sizeof *reader->unknown_paths);
    if (!path.ptr || !reader->unknown_paths)
        return reader_refuse_full(reader);
    reader->unknown_paths[reader->unknown_count] =
        (struct node){.type = NODE_STRING, .string = path};
    reader->unknown[reader->unknown_count++] = (struct reader_unknown){
        .holder = reader->place->serial, .hash = fold_hash(key), .key = key};
    return 0;
}

/* No honest client comes near the limits; with them, neither the list nor the search for twins
 * grows beyond what the length of the input explains. */
static int check_unknown(struct reader *reader, struct str key)
{
    struct str shown = reader_shown(key);

    if (reader->unknown_count == READER_MAX_UNKNOWN || key.len > READER_MAX_UNKNOWN)
        return reader_refuse(
            reader, STR("request.too-complex"), STR("send the fields that the API names"),
            "more than %d unknown fields, or one with a longer name", READER_MAX_UNKNOWN);
    if (has_twin(reader, key))
        return reader_refuse(reader, STR("request.duplicate-key"), STR("send each key once"),
                             "the key %.*s is given twice", STR_FMT(shown));
    return 0;
}

/* A field that old engines read here although it belongs elsewhere. null leaves nothing behind,
 * and python3-docker sends Runtime: null. */
static int check_displaced(struct reader *reader, const struct field *field)
{
    if (reader_peek(reader) == 'n')
        return 0;
    return reader_refuse(reader, STR("request.top-level-hostconfig"), STR("put it into HostConfig"),
                         "%.*s stands outside HostConfig, where only some engines read it",
                         STR_FMT(field->name));
}

static int unknown_strictly(struct reader *reader, const struct type *type, struct str key)
{
    const struct field *field =
        type->displaced ? reader_match(type->displaced, key, 0).field : NULL;

    if (field)
        return check_displaced(reader, field);
    if (check_unknown(reader, key) < 0)
        return -1;
    return note(reader, key);
}

int reader_unknown(struct reader *reader, const struct type *type, struct str key)
{
    reader->place->key = key;
    if (reader->mode == READER_STRICT) {
        if (unknown_strictly(reader, type, key) < 0)
            return -1;
    } else if (reader->unknown_count < READER_MAX_UNKNOWN && note(reader, key) < 0) {
        return -1;
    }
    return reader_skip(reader);
}
