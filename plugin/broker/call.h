#ifndef BROKER_CALL_H
#define BROKER_CALL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/digest.h"
#include "base/loop.h"

struct MHD_Connection;
struct worker;

enum call_stage {
    CALL_ELSEWHERE, /* no endpoint of ours */
    CALL_ACTIVATE,
    CALL_REQUEST,  /* AuthZReq: may this be done? */
    CALL_RESPONSE, /* AuthZRes: it was done */
};

/* Why a body was not kept. */
enum call_excess { CALL_KEPT, CALL_TOO_LARGE, CALL_OVERLOADED };

/* Of its body: see queue.h. */
enum call_size { CALL_SMALL, CALL_LARGE, CALL_SIZES };

/* One HTTP call of the engine, from its headers to its answer. The http side owns it; between its
 * last byte and its answer the dispatcher holds it too: in its queue, or with a worker. */
struct call {
    struct call *next; /* in the queue, or among the spare ones */
    struct call *prev;
    struct loop_timer timer; /* longest wait, then the deadline */
    struct worker *worker;   /* that decides it; borrowed */

    enum call_stage stage;
    enum call_excess excess;
    uint64_t number;      /* of the decision */
    struct buffer body;   /* owned; of a RESPONSE only where there is a trail */
    uint64_t body_bytes;  /* as received, kept or not */
    uint64_t complete_us; /* when the last byte had come */
    uint64_t deciding_us; /* when a worker got it; 0: none did */

    struct MHD_Connection *connection; /* borrowed */
    uint64_t generation;               /* that decides it; 0: none */
    char policy[DIGEST_HEX_BYTES + 1]; /* hash of that generation; "": none */

    bool complete;  /* the body has been read */
    bool suspended; /* its connection waits for http_answer() */
    bool answered;
    bool allowed;
    bool reads;           /* of class "read" */
    struct buffer answer; /* owned; JSON, unless allowed */
    struct buffer told;   /* owned; what it is about, as a worker told that was lost over it */
};

#endif
