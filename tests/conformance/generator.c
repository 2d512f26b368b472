#include "generator.h"

#include "known.h"
#include "mutation.h"
#include "random.h"
#include "spelling.h"

enum { ODD_DEPTH = 4 }; /* nesting of values that no type asks for */

struct generator {
    struct random random;
    struct buffer *out;
    bool odd; /* else the body is one that strict mode should take */
};

static void value(struct generator *g, const struct type *type);

static void put(struct generator *g, const char *text)
{
    (void)buffer_str(g->out, str_from(text));
}

static bool oddly(struct generator *g, unsigned in_thousand)
{
    return g->odd && random_chance(&g->random, in_thousand);
}

static void space(struct generator *g)
{
    static const char *const spaces[] = {" ", "\n", "\t", "\r", "  \n"};

    if (random_chance(&g->random, 30))
        put(g, spaces[random_below(&g->random, 5)]);
}

static void text(struct generator *g)
{
    spelling_text(&g->random, g->odd, g->out);
}

static void integer(struct generator *g, const struct type *type)
{
    static const char *const plain[] = {"0", "1", "7", "42", "1000", "65535"};
    static const char *const edges[] = {
        "-0",
        "-1",
        "127",
        "128",
        "255",
        "256",
        "65536",
        "4294967295",
        "4294967296",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        "18446744073709551615",
        "18446744073709551616",
        "1.0",
        "1e2",
        "123456789012345678901234567890",
    };

    if (type->bits == 8)
        (void)buffer_printf(g->out, "%zu", random_below(&g->random, 256));
    else if (oddly(g, 60))
        put(g, edges[random_below(&g->random, sizeof edges / sizeof *edges)]);
    else
        put(g, plain[random_below(&g->random, sizeof plain / sizeof *plain)]);
}

static void floating(struct generator *g)
{
    static const char *const numbers[] = {
        "0",       "0.5",  "1e-3",     "0.1",  "3.4028235e38",        "1e-50",
        "-2.5E+3", "1e39", "16777217", "-0.0", "0.30000001192092896", "3.4028235677973366e38",
        "1e400",
    };
    size_t plain = g->odd ? sizeof numbers / sizeof *numbers : 5;

    put(g, numbers[random_below(&g->random, plain)]);
}

/* Any JSON at all. */
static void anything(struct generator *g, size_t depth)
{
    static const char *const scalars[] = {"null",  "true", "false", "0",    "-1.5e3",
                                          "\"x\"", "[]",   "{}",    "1e999"};
    size_t count = random_below(&g->random, 3);
    bool is_object = random_chance(&g->random, 500);

    if (depth == 0 || random_chance(&g->random, 500)) {
        put(g, scalars[random_below(&g->random, g->odd ? 9 : 8)]);
        return;
    }
    put(g, is_object ? "{" : "[");
    for (size_t i = 0; i < count; i++) {
        put(g, i ? "," : "");
        if (is_object) {
            text(g);
            put(g, ":");
        }
        anything(g, depth - 1);
    }
    put(g, is_object ? "}" : "]");
}

static void bytes(struct generator *g)
{
    static const char *const coded[] = {
        "",   "QQ==",     "QUI=",    "QUJD",  "QUJDRA==", "/+8=", "QR==",    "QUJ=",      "Q",
        "QQ", "QQ==QQ==", "QU\\nJD", "Q\\r=", "Q===",     "QUJ_", "QUJD\\n", "Q\\nQ=\\r="};
    static const struct type byte_type = {.kind = KIND_INT, .bits = 8, .is_unsigned = true};
    static const struct type list_type = {.kind = KIND_LIST, .of = &byte_type};

    if (oddly(g, 400))
        value(g, &list_type);
    else
        (void)buffer_printf(g->out, "\"%s\"", coded[random_below(&g->random, g->odd ? 17 : 6)]);
}

static void list(struct generator *g, const struct type *of, size_t most)
{
    size_t count = random_below(&g->random, most + 1);

    put(g, "[");
    for (size_t i = 0; i < count; i++) {
        put(g, i ? "," : "");
        space(g);
        value(g, of);
        space(g);
    }
    put(g, "]");
}

static void map(struct generator *g, const struct type *of)
{
    static const char *const keys[] = {"a", "b", "B", "c.d/e", "80/tcp", "k"};
    size_t count = random_below(&g->random, 4);
    size_t key = random_below(&g->random, 6);

    put(g, "{");
    for (size_t i = 0; i < count; i++) {
        put(g, i ? "," : "");
        if (oddly(g, 100))
            text(g);
        else
            (void)buffer_printf(g->out, "\"%s\"", keys[key]);
        put(g, ":");
        space(g);
        value(g, of);
        key = g->odd ? random_below(&g->random, 6) : (key + 1) % 6;
    }
    put(g, "}");
}

/* A field that the oracle knows, or NULL: the type has none, or it is the turn of none. */
static const struct field *pick(struct generator *g, const struct type *type)
{
    for (size_t tries = 0; type->field_count > 0 && tries < 20; tries++) {
        const struct field *field = &type->fields[random_below(&g->random, type->field_count)];

        if (known_has(field))
            return field;
    }
    return NULL;
}

static void member(struct generator *g, const struct field *field)
{
    if (field && !random_chance(&g->random, 30)) {
        spelling_key(&g->random, g->odd, field->name, g->out);
        put(g, ":");
        space(g);
        value(g, field->type);
        return;
    }
    (void)buffer_printf(g->out, "\"x%zu\":", random_below(&g->random, 1000000));
    anything(g, ODD_DEPTH);
}

/* Odd ones come back to a field once they have it, so that what the first left behind shows. */
static void structure(struct generator *g, const struct type *type)
{
    const struct field *picked[8];
    size_t count = random_below(&g->random, 6) + (type->field_count > 20 ? 2 : 0);

    put(g, "{");
    for (size_t i = 0; i < count; i++) {
        picked[i] = pick(g, type);
        if (i > 0 && oddly(g, 400))
            picked[i] = picked[random_below(&g->random, i)];
        put(g, i ? "," : "");
        space(g);
        member(g, picked[i]);
        space(g);
    }
    put(g, "}");
}

static void kind(struct generator *g, const struct type *type)
{
    switch (type->kind) {
    case KIND_BOOL:
        put(g, random_chance(&g->random, 500) ? "true" : "false");
        break;
    case KIND_INT:
        integer(g, type);
        break;
    case KIND_FLOAT:
        floating(g);
        break;
    case KIND_STRING:
        text(g);
        break;
    case KIND_BYTES:
        bytes(g);
        break;
    case KIND_STRSLICE:
        if (random_chance(&g->random, 300))
            text(g);
        else
            list(g, &(struct type){.kind = KIND_STRING}, 4);
        break;
    case KIND_LIST:
        list(g, type->of, 4);
        break;
    case KIND_ARRAY:
        list(g, type->of, type->length + 1);
        break;
    case KIND_MAP:
        map(g, type->of);
        break;
    case KIND_POINTER:
        kind(g, type->of);
        break;
    case KIND_STRUCT:
        structure(g, type);
        break;
    case KIND_ANY:
        anything(g, ODD_DEPTH);
        break;
    }
}

static void value(struct generator *g, const struct type *type)
{
    if (random_chance(&g->random, g->odd ? 120 : 40))
        put(g, "null");
    else if (oddly(g, 3))
        anything(g, 1);
    else
        kind(g, type);
}

void generator_body(uint64_t seed, const struct type *type, struct buffer *out)
{
    struct generator g = {.random = {seed}, .out = out};

    g.odd = random_chance(&g.random, 600);
    space(&g);
    if (oddly(&g, 20))
        value(&g, type);
    else
        kind(&g, type);
    space(&g);
    if (g.odd)
        mutation_apply(&g.random, out);
}
