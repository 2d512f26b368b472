#ifndef BASE_VERDICT_H
#define BASE_VERDICT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/err.h"
#include "base/str.h"

enum { VERDICT_FINDINGS_MAX = 64 };

/* What one rule said. */
struct finding {
    struct str rule;   /* "container.bind-mounts", or what the plugin itself refuses by */
    struct str effect; /* "deny", "audit" or "allow" */
    struct str mode;   /* "enforce", "audit" or "excepted" */
    struct str msg;
    struct str field; /* may be empty */
    struct str fix;   /* may be empty */
};

/* The outcome of one decision, as it travels from a worker to whoever asked. All text is borrowed:
 * from the arena of the worker, or from the frame that it was decoded from. */
struct verdict {
    bool allow;
    struct str reason; /* one word: "policy", "request", "policy-error", "limit", "crash", ... */
    struct str msg;    /* what the user reads, without the decision id; empty when allowed */
    struct str action; /* "container.create"; empty when the message could not be read */
    struct str user;
    struct str authn;  /* UserAuthNMethod */
    struct str method; /* GET, POST, ... */
    struct str uri;    /* as sent; in a worker's answer without what may be secret */
    struct str target; /* the object's name, as sent */
    struct str image;
    struct str kind;    /* of the object: "container" */
    struct str class;   /* "read", "write" or "stream"; empty for calls outside the table */
    struct str api;     /* "1.45"; empty: the engine's newest */
    struct str body;    /* what was seen of it, one word */
    struct str trace;   /* W3C traceparent that the client sent */
    struct str status;  /* of the engine's answer, decimal; AuthZRes only */
    struct str created; /* what that answer says was made; AuthZRes only */
    /* The message to decide it again by, without secrets: "{...}". Of one that no record has room
     * for only the number of its bytes. Empty: none was made. */
    struct str capture;
    size_t count;
    struct finding findings[VERDICT_FINDINGS_MAX];
};

/* Make it empty, which is a denial without words; and copy one. Neither touches the room for
 * findings that are not there: that is most of it, and this is done for each call. */
void verdict_clear(struct verdict *verdict);
void verdict_copy(struct verdict *ret, const struct verdict *from);

/* Append the payload of a verdict frame. Returns 0, or -1 when the buffer failed. */
int verdict_encode(const struct verdict *verdict, struct buffer *buffer);

/* Read what verdict_encode() wrote; *ret borrows from payload. Nothing of it is trusted but its
 * form: whatever does not decode to exactly one whole verdict is ERR_INVALID. */
MUST_CHECK int verdict_decode(struct str payload, struct verdict *ret, struct err *err);

#endif
