#ifndef SET_FIXTURE_H
#define SET_FIXTURE_H

#include <stdarg.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "check.h"
#include "policy/set.h"

/* A policy set out of texts, without files. */
struct set_fixture {
    struct snapshot_file files[16];
    struct snapshot snapshot;
    struct worker_page *page;
    struct buffer findings;
    struct policy_set *set;
};

/* A library in which nothing is in force, for tests of site rules. */
#define SET_FIXTURE_OPEN                                                                           \
    "library/profiles/baseline.lua",                                                               \
        "return profile { id = 'baseline',\n"                                                      \
        "default = { read = 'allow', write = 'allow', unknown = 'deny' } }"

static inline int set_fixture_order(const void *left, const void *right)
{
    const struct snapshot_file *a = left;
    const struct snapshot_file *b = right;

    return str_cmp(a->name, b->name);
}

static inline bool set_fixture_load_list(struct set_fixture *fixture, va_list texts)
{
    static struct worker_page page;
    const char *name;

    *fixture = (struct set_fixture){.page = &page};
    page = (struct worker_page){
        .limits = {.instructions = 1000000, .lua_memory_bytes = UINT64_C(32) << 20}};
    while ((name = va_arg(texts, const char *)) != NULL)
        fixture->files[fixture->snapshot.count++] =
            (struct snapshot_file){str_from(name), str_from(va_arg(texts, const char *))};
    qsort(fixture->files, fixture->snapshot.count, sizeof *fixture->files, set_fixture_order);
    fixture->snapshot.files = fixture->files;
    buffer_init(&fixture->findings, 65536);
    return policy_set_load(&fixture->snapshot, &page, &fixture->set, &fixture->findings) == 0;
}

/* Load names and texts in turn, ended by NULL. Returns whether the set loads; the findings are
 * there to be read either way. */
static inline __attribute__((sentinel)) bool set_fixture_load(struct set_fixture *fixture, ...)
{
    va_list texts;
    bool loads;

    va_start(texts, fixture);
    loads = set_fixture_load_list(fixture, texts);
    va_end(texts);
    return loads;
}

static inline void set_fixture_done(struct set_fixture *fixture)
{
    policy_set_free(fixture->set);
    buffer_done(&fixture->findings);
}

#endif
