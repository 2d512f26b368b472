#ifndef SET_FIXTURE_H
#define SET_FIXTURE_H

#include <sys/mman.h>

#include "check.h"
#include "policy/set.h"

/* A policy set out of texts, without files: names in order, ended by NULL. */
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

/* Returns whether the set loads; the findings are there to be read either way. */
static inline bool set_fixture_load(struct set_fixture *fixture, const char *const *texts)
{
    static struct worker_page page;

    *fixture = (struct set_fixture){.page = &page};
    page = (struct worker_page){
        .limits = {.instructions = 1000000, .lua_memory_bytes = 32 * 1024 * 1024}};
    for (; *texts; texts += 2)
        fixture->files[fixture->snapshot.count++] =
            (struct snapshot_file){str_from(texts[0]), str_from(texts[1])};
    fixture->snapshot.files = fixture->files;
    buffer_init(&fixture->findings, 65536);
    return policy_set_load(&fixture->snapshot, &page, &fixture->set, &fixture->findings) == 0;
}

static inline void set_fixture_done(struct set_fixture *fixture)
{
    policy_set_free(fixture->set);
    buffer_done(&fixture->findings);
}

#endif
