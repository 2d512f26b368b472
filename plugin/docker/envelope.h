#ifndef DOCKER_ENVELOPE_H
#define DOCKER_ENVELOPE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "docker/node.h"
#include "docker/refusal.h"

/* The message in which the engine asks about a call: moby pkg/authorization/api.go, Request. Texts
 * are as the engine shows them: bytes that are not UTF-8 have become U+FFFD on the way. */
struct envelope {
    struct str user;   /* common name of the client's certificate; empty on a local socket */
    struct str authn;  /* "TLS" or empty */
    struct str method; /* as sent, case kept */
    struct str uri;    /* the request target as sent, undecoded */
    /* NODE_MAP of strings, names as Go spells them ("Content-Type"). Of a header that was sent
     * several times only the last value; credentials are taken out by the engine. */
    struct node headers;
    bool has_body;            /* false: empty, or not shown; one cannot be told from the other */
    struct str body;          /* decoded */
    struct node certificates; /* NODE_LIST of strings, each the base64 of a PEM text */

    bool has_time; /* the message says when it was sent, as only tests and replays do */
    int64_t time_s;

    /* AuthZRes only, and there only when the engine could still see the answer. */
    int64_t status; /* 0: not shown */
    struct node response_headers;
    bool has_response_body;
    struct str response_body; /* decoded */
};

/* Read an AuthZReq or AuthZRes message. Returns 0, or -1 with *refusal filled: "engine-retry" when
 * it is empty, else "request.unreadable". *ret borrows from message and lives in the arena. */
MUST_CHECK int envelope_read(struct str message, struct arena *arena, struct envelope *ret,
                             struct refusal *refusal);

/* Find a request header by its name, whose case does not matter. Returns false where there is
 * none; ret may be NULL. */
bool envelope_header(const struct envelope *envelope, struct str name, struct str *ret);

#endif
