#ifndef BROKER_CONTROL_H
#define BROKER_CONTROL_H

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/err.h"
#include "base/loop.h"
#include "broker/overview.h"
#include "broker/socket.h"

/* The socket for those who run the daemon: root, or its own user. A peer sends one line, "status"
 * or "reload", and gets one line of JSON, after which the connection is closed. What is wrong with
 * a request is {"ok":false,"error":…}. Peers are few, and each has a bound of time: none holds up
 * another, or the engine. */

enum { CONTROL_PEERS_MAX = 16, CONTROL_LINE_MAX = 128 };

struct control;

struct control_peer {
    struct control *control; /* borrowed */
    struct loop_watch watch; /* fd -1: nobody; owned */
    struct loop_timer timer;
    char line[CONTROL_LINE_MAX];
    size_t line_bytes;
    bool reloads; /* waits for the policies to be loaded */
    struct buffer answer;
    size_t sent;
};

struct control_plan {
    const struct overview *overview; /* borrowed */
    /* Load the policies anew; control_reloaded() follows, perhaps within. */
    void (*reload)(void *context);
    void *context;
};

struct control {
    struct loop *loop; /* borrowed */
    struct control_plan plan;
    struct socket sock; /* owned; fd -1: off */
    struct loop_watch watch;
    struct loop_delay exchange; /* for a request to come, and its answer to go */
    struct loop_delay load;     /* for the policies to be loaded */
    struct loop_delay pause;    /* when nobody can be accepted */
    struct loop_timer pause_timer;
    struct control_peer peers[CONTROL_PEERS_MAX];
};

/* Listen at path; "" is off. *ret stays where it is until control_stop(). Errors: those of
 * socket_bind(). */
MUST_CHECK int control_start(struct control *ret, struct loop *loop, const char *path,
                             const struct control_plan *plan, struct err *err);
/* A load of the policies is over; the overview knows how. */
void control_reloaded(struct control *control);
void control_stop(struct control *control);

#endif
