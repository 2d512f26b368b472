#ifndef BASE_WORKER_LINK_H
#define BASE_WORKER_LINK_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/cleanup.h"
#include "base/err.h"

/* How a worker process is started, and what it leaves behind when it ends: the parent's half
 * (broker and command line) and the worker's. */

/* Descriptors that a worker is born with, besides stderr. */
enum {
    WORKER_FD_QUESTIONS = 3, /* to read frames from */
    WORKER_FD_SNAPSHOT = 4,
    WORKER_FD_PAGE = 5,
    WORKER_FD_ANSWERS = 6, /* to write frames to */
};

struct worker_limits {
    uint64_t instructions;        /* Lua VM instructions per decision (pattern steps count too) */
    uint64_t lua_memory_bytes;    /* Lua heap per decision */
    uint64_t read_memory_bytes;   /* what reading one request may take */
    uint64_t address_space_bytes; /* of the worker as a whole: RLIMIT_AS */
    bool takes_time;              /* messages may say what time it is: for tests and replays */
    bool captures;                /* verdicts hold what they can be made again by */
    bool captures_labels;         /* with the values of labels */
};

enum worker_exit {
    WORKER_EXIT_NONE = 0, /* it said nothing: it crashed or was killed */
    WORKER_EXIT_INSTRUCTIONS,
    WORKER_EXIT_LUA_MEMORY,
    WORKER_EXIT_SYSTEM, /* its own set-up failed; `where` has the words */
};

/* One page, shared: the parent writes limits before the start and empties `told` with each
 * question, the worker writes all else. The parent believes none of it but as text for people: a
 * worker may be in an attacker's hands. */
struct worker_page {
    struct worker_limits limits;
    uint32_t exit;    /* enum worker_exit, set just before _exit() */
    char missing[64]; /* protections that this kernel does not have, space-separated; said once */
    char where[256];  /* rule being run: "rules/site.lua:12" when known, NUL-terminated */
    /* What the question is about, as verdict_encode() writes it, before any rule is asked: so that
     * the record of a call says who sent it though its worker was lost. */
    uint32_t told_bytes;
    char told[3600];
};

struct worker_link {
    pid_t pid;
    /* Pipes, not a pair of sockets: who reads from a socket wakes its other end each time, though
     * there is nothing to be read there. */
    int questions;            /* owned; to write to, blocking, close-on-exec */
    int answers;              /* owned; to read from, blocking, close-on-exec */
    int pidfd;                /* owned; readable when the worker has ended */
    struct worker_page *page; /* owned mapping */
};

#define WORKER_LINK_NONE                                                                           \
    ((struct worker_link){.pid = -1, .questions = -1, .answers = -1, .pidfd = -1})

/* Start program (a path) with fresh pipes, the snapshot and a page. The child has nothing else
 * open, its own process group, and is killed when the calling thread ends.
 * Errors: ERR_SYSTEM, naming program. */
MUST_CHECK int worker_link_start(const char *program, int snapshot_fd,
                                 const struct worker_limits *limits, struct worker_link *ret,
                                 struct err *err);

/* SIGKILL it if it still runs, collect it, give everything back. */
void worker_link_end(struct worker_link *link);

/* What a worker had to do when it ended. */
enum worker_task { WORKER_LOADS, WORKER_WAITS, WORKER_DECIDES };

/* What is said of a worker that is gone: reason is one word ("crash", "limit"), text the sentence
 * ("rules/site.lua:12 used its 1,000,000 instructions"). A limit that was met while the set was
 * loaded is a finding: "rules/site.lua:12: used its ... while it was loaded". Call before
 * worker_link_end(). */
void worker_link_obituary(const struct worker_link *link, enum worker_task task,
                          const char **reason, char *text, size_t size);

#endif
