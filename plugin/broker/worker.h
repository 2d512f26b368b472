#ifndef BROKER_WORKER_H
#define BROKER_WORKER_H

#include "base/buffer.h"
#include "base/frame.h"
#include "base/loop.h"
#include "base/verdict.h"
#include "base/worker_link.h"
#include "broker/call.h"

/* One worker process and the talk with it. It is never trusted: whatever it sends but the frame
 * that is due ends it. */

enum worker_state {
    WORKER_STARTING, /* loads the policies */
    WORKER_IDLE,
    WORKER_BUSY,
    WORKER_ENDING, /* killed, and not collected yet */
};

struct worker;

/* What its owner hears of. */
struct worker_ops {
    /* It has loaded its set (FRAME_READY), or has not and serves refusals (FRAME_FAILED): idle. */
    void (*ready)(struct worker *worker, const struct frame *frame);
    /* The answer to worker->call, which it has let go of; it is idle. */
    void (*verdict)(struct worker *worker, struct call *call, const struct verdict *verdict);
    /* It ended by itself or had to be killed. call is what it was deciding, or NULL. was says in
     * which state; reason and text are as of worker_link_obituary(). */
    void (*lost)(struct worker *worker, struct call *call, enum worker_state was,
                 const char *reason, const char *text);
    /* The process is collected: the owner may free worker. */
    void (*gone)(struct worker *worker);
};

struct worker {
    struct worker *next; /* its owner's list */
    struct worker *prev;
    struct worker *next_idle;
    void *owner;
    struct loop *loop;            /* borrowed */
    const struct worker_ops *ops; /* borrowed */
    struct worker_link link;      /* owned */
    struct loop_watch questions;  /* watched while there is more of one than its pipe takes */
    struct loop_watch answers;
    struct loop_watch end;   /* of the process */
    struct loop_timer timer; /* how long it may start; later its owner's */
    enum worker_state state;
    /* How its owner counts it. */
    enum call_size size;     /* of what it decides */
    uint64_t decided;        /* calls */
    uint64_t resident_bytes; /* when it was ready */
    bool worn;               /* to be replaced */
    struct call *call;       /* being decided; borrowed */
    unsigned char header[FRAME_HEADER_BYTES];
    size_t sent; /* of header and body */
    struct buffer in;
};

/* Start program on that snapshot. Errors: ERR_SYSTEM, ERR_NOMEM. */
MUST_CHECK int worker_start(struct loop *loop, const char *program, int snapshot_fd,
                            const struct worker_limits *limits, struct worker **ret,
                            struct err *err);

/* Give an idle worker a call. Returns 0, or -1 if it cannot be reached: ops.lost follows in its own
 * time, without the call. */
int worker_ask(struct worker *worker, struct call *call);

/* Kill it, whatever it does; ops.gone follows. Its call is the caller's to settle. */
void worker_kill(struct worker *worker);

/* Kill, collect and free it here and now. */
void worker_free(struct worker *worker);

/* Its memory, in bytes: 0 where the system does not tell. */
uint64_t worker_resident_bytes(const struct worker *worker);

/* The rule it was running, as text for people: "rules/site.lua:12", or "". */
void worker_where(const struct worker *worker, char *ret, size_t size);

#endif
