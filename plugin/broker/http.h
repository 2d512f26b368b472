#ifndef BROKER_HTTP_H
#define BROKER_HTTP_H

#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "base/err.h"
#include "base/loop.h"
#include "broker/call.h"

/* The engine's connections: libmicrohttpd without a thread of its own, run by our loop. Bodies are
 * read to their end before any answer, whatever their size: an engine whose call is answered or cut
 * off earlier repeats it without its content. No connection is closed for being idle. */

struct MHD_Daemon;
struct MHD_Response;

enum http_response { HTTP_ALLOW, HTTP_ACTIVATE, HTTP_ELSEWHERE, HTTP_NO_MEMORY, HTTP_RESPONSES };

struct http_plan {
    uint64_t connections_max;
    uint64_t bytes_max;   /* bodies held at a time */
    bool keeps_responses; /* AuthZRes bodies too are wanted */
    /* A call has come whole: answer it by http_answer(), now or later. */
    void (*complete)(void *context, struct call *call);
    /* It is over and must not be touched any more. */
    void (*over)(void *context, struct call *call, bool delivered);
    void *context;
};

struct http {
    struct loop *loop; /* borrowed */
    struct http_plan plan;
    struct loop_hook hook;
    struct loop_watch watch;
    struct loop_delay tidy_delay;
    struct loop_timer tidy;                     /* runs once large bodies were held */
    struct MHD_Daemon *daemon;                  /* owned */
    struct MHD_Response *fixed[HTTP_RESPONSES]; /* owned */
    struct call *spare;                         /* owned list */
    size_t spares;
    size_t active;      /* calls that are not over */
    uint64_t bytes;     /* of bodies held */
    uint64_t last_call; /* number of the latest decision */
    bool closing;       /* each answer is the last of its connection */
    bool full;          /* as many connections are open as there may be */
    bool resumed;       /* a connection has an answer to send */
};

/* Serve listen_fd (borrowed). *ret stays where it is until http_stop(). Errors: ERR_SYSTEM. */
MUST_CHECK int http_start(struct http *ret, struct loop *loop, int listen_fd,
                          const struct http_plan *plan, struct err *err);

/* Allow it, or send the JSON text that stands in call->answer. */
void http_answer(struct http *http, struct call *call);

/* Connections that are open. */
unsigned int http_connections(const struct http *http);

/* Accept nobody any more. */
void http_quiesce(struct http *http);
/* From now on each answer ends its connection. */
void http_last_answers(struct http *http);
/* Send what is answered, then close all connections. Every call has been answered by now. */
void http_stop(struct http *http);

#endif
