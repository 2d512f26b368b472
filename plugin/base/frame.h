#ifndef BASE_FRAME_H
#define BASE_FRAME_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/err.h"
#include "base/str.h"

/* Messages between the processes, over pipes: a header of 16 bytes (payload length, type, id; in
 * the machine's own byte order, since both ends run on it), then the payload. */
enum frame_type {
    FRAME_READY = 1, /* worker -> parent: the policy set is loaded; payload: warnings, if any */
    /* worker -> parent: the set does not load; payload: "file:line: what", a line each. The worker
     * stays: asked all the same, it denies with [no-policy], save GET or HEAD /_ping and
     * GET /version. So an engine with a broken set stays guarded, and its users learn why. */
    FRAME_FAILED = 2,
    FRAME_DECIDE = 3,  /* parent -> worker: payload is one AuthZReq message as dockerd sent it */
    FRAME_VERDICT = 4, /* worker -> parent: verdict_encode(), with the id of the question */
    /* parent -> worker: payload is one AuthZRes message; the verdict allows and has its facts */
    FRAME_DESCRIBE = 5,
    FRAME_LINT = 6,     /* parent -> worker: look for what is doubtful in the set; no payload */
    FRAME_FINDINGS = 7, /* worker -> parent: "file:line: what", a line each */
    /* parent -> worker, and the command line only: payload is one AuthZReq message that is to be
     * decided and explained */
    FRAME_EXPLAIN = 8,
    FRAME_EXPLANATION = 9, /* worker -> parent: a JSON object, with the id of the question */
};

enum { FRAME_HEADER_BYTES = 16, FRAME_PAYLOAD_MAX = 8 * 1024 * 1024 };

struct frame {
    enum frame_type type;
    uint64_t id;        /* of the decision */
    struct str payload; /* borrowed from the bytes it was read from */
};

/* The header alone, for a writer that gathers it with the payload. */
void frame_header(const struct frame *frame, unsigned char ret[FRAME_HEADER_BYTES]);

/* Append header and payload. Returns 0, or -1 when the buffer failed. */
int frame_encode(const struct frame *frame, struct buffer *buffer);

/* Look for one whole frame at the start of bytes. Returns 1 and fills *ret and *used (bytes taken),
 * 0 when more bytes are needed, or -1: no frame of ours starts like this. */
MUST_CHECK int frame_decode(struct str bytes, struct frame *ret, size_t *used, struct err *err);

/* Blocking halves, for a process that does nothing else meanwhile. write: everything or an error.
 * read: exactly one frame into buffer, which *ret borrows from; the other side sends the next one
 * only when this one is answered. timeout_ms is for each piece of it, -1: for ever. Returns 1, 0 at
 * the end of the stream, or -1 (ERR_LIMIT: nothing came in time). */
MUST_CHECK int frame_write(int fd, const struct frame *frame, struct err *err);
MUST_CHECK int frame_read(int fd, int timeout_ms, struct buffer *buffer, struct frame *ret,
                          struct err *err);

#endif
