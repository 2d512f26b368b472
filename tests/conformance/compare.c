/* Compares the reader with Go's encoding/json over generated bodies.
 *   compare ORACLE [COUNT [FIRST_SEED]]
 * Conformance mode must agree with Go on every body; what strict mode takes, Go must take too, and
 * both modes must read it alike. */
#include <stdio.h>
#include <stdlib.h>

#include "canonical.h"
#include "docker/reader.h"
#include "generator.h"
#include "known.h"
#include "oracle.h"
#include "random.h"

enum {
    ARENA_BYTES = 16 << 20,
    TEXT_MAX = 4 << 20,
    SHOWN_MAX = 10, /* differences that are printed */
};

struct tally {
    size_t bodies;
    size_t taken;        /* by Go */
    size_t taken_strict; /* by strict mode */
    size_t differences;
};

struct comparison {
    struct arena arena;
    struct buffer body;
    struct buffer ours;
    struct tally tally;
};

/* "ok …" as the oracle prints it, or "no …". */
static bool decode(struct comparison *c, const struct type *type, enum reader_mode mode)
{
    struct reader_result result;
    struct refusal refusal;

    arena_reset(&c->arena, SIZE_MAX / 2);
    buffer_reset(&c->ours, TEXT_MAX);
    if (reader_read(type, buffer_view(&c->body), mode, &c->arena, &result, &refusal) < 0) {
        (void)buffer_printf(&c->ours, "no %.*s: %.*s", STR_FMT(refusal.field),
                            STR_FMT(refusal.msg));
        return false;
    }
    (void)buffer_str(&c->ours, STR("ok "));
    canonical_print(type, &result.value, &c->ours);
    return true;
}

static void show(struct comparison *c, const char *what, const struct body *body, struct str go)
{
    struct buffer escaped;

    if (c->tally.differences++ >= SHOWN_MAX)
        return;
    buffer_init(&escaped, TEXT_MAX);
    (void)buffer_json(&escaped, buffer_view(&c->body));
    (void)fprintf(stderr, "%s, %s\n  body: %.*s\n  ours: %.*s\n  Go:   %.*s\n", what, body->name,
                  STR_FMT(buffer_view(&escaped)), STR_FMT(buffer_view(&c->ours)), STR_FMT(go));
    buffer_done(&escaped);
}

static void compare(struct comparison *c, uint64_t seed)
{
    struct random random = {seed};
    const struct body *body = bodies_pick(random_next(&random));
    struct str go;
    bool go_takes;
    bool taken;

    buffer_reset(&c->body, TEXT_MAX);
    generator_body(random_next(&random), body->type, &c->body);
    go = oracle_ask(body, buffer_view(&c->body));
    go_takes = str_starts(go, STR("ok "));
    c->tally.bodies++;
    c->tally.taken += go_takes;
    taken = decode(c, body->type, READER_CONFORMANCE);
    if (taken != go_takes || (taken && !str_eq(buffer_view(&c->ours), go)))
        show(c, "conformance mode differs", body, go);
    taken = decode(c, body->type, READER_STRICT);
    c->tally.taken_strict += taken;
    if (taken && !str_eq(buffer_view(&c->ours), go))
        show(c, "strict mode differs", body, go);
}

int main(int argc, char **argv)
{
    struct comparison c = {.tally = {0}};
    size_t count = argc > 2 ? strtoull(argv[2], NULL, 10) : 20000;
    uint64_t first = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
    struct err err;

    if (argc < 2 || arena_init(&c.arena, ARENA_BYTES, &err) < 0)
        return 2;
    buffer_init(&c.body, TEXT_MAX);
    buffer_init(&c.ours, TEXT_MAX);
    oracle_start(argv[1]);
    for (uint64_t seed = first; seed < first + count; seed++)
        compare(&c, seed);
    oracle_stop();
    (void)printf("%zu bodies over %zu fields: Go takes %zu, strict mode %zu; %zu differences\n",
                 c.tally.bodies, known_count(), c.tally.taken, c.tally.taken_strict,
                 c.tally.differences);
    arena_done(&c.arena);
    buffer_done(&c.body);
    buffer_done(&c.ours);
    /* A generator whose bodies are mostly refused would compare nothing. */
    if (c.tally.taken < count / 4 || c.tally.taken_strict < count / 8)
        return 2;
    return c.tally.differences == 0 ? 0 : 1;
}
