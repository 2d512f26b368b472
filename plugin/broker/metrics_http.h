#ifndef BROKER_METRICS_HTTP_H
#define BROKER_METRICS_HTTP_H

#include "base/cleanup.h"
#include "base/err.h"
#include "base/loop.h"
#include "broker/overview.h"
#include "broker/socket.h"

/* GET /metrics, /healthz and /readyz: an HTTP server of its own, on a Unix socket or a loopback
 * port, run by our loop. Who reads it must not be in the way of the engine: its connections are
 * few, and silent ones are closed. */

struct MHD_Daemon;

struct metrics_http {
    struct loop *loop;               /* borrowed */
    const struct overview *overview; /* borrowed */
    struct socket sock;              /* owned; of a Unix socket */
    struct MHD_Daemon *daemon;       /* owned; NULL: off */
    struct loop_watch watch;
};

/* Serve at place: a path, "127.0.0.1:PORT" or "[::1]:PORT"; "" is off. *ret stays where it is until
 * metrics_http_stop(). Errors: ERR_INVALID for a place that is none of these, ERR_SYSTEM, those of
 * socket_bind(). */
MUST_CHECK int metrics_http_start(struct metrics_http *ret, struct loop *loop, const char *place,
                                  const struct overview *overview, struct err *err);
/* Before each wait of the loop: the longest wait that it can bear in ms, or -1 for any. */
int metrics_http_wait_ms(struct metrics_http *http);
/* Takes a zeroed one too. */
void metrics_http_stop(struct metrics_http *http);

#endif
