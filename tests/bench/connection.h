#ifndef BENCH_CONNECTION_H
#define BENCH_CONNECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus.h"
#include "histogram.h"

/* What all connections share: where to, what to send, and what was measured. */
struct load {
    const char *socket_path;
    struct corpus corpus;
    struct corpus_form form;
    bool recording;           /* off while the server warms up */
    struct histogram latency; /* ns from the first byte sent to the last one received */
    uint64_t reconnects;      /* the server closed, though not asked to */
    uint64_t failures;        /* no whole answer came */
};

enum { CONNECTION_ANSWER_MAX = 65536 };

struct connection {
    struct load *load;
    int fd; /* owned; -1 when it is not open */
    struct message *message;
    size_t sent;
    size_t got;
    uint64_t start_ns;
    char answer[CONNECTION_ANSWER_MAX];
};

enum connection_state {
    CONNECTION_DONE,  /* the message has its answer, or will never have it */
    CONNECTION_MORE,  /* something was received, and more will be */
    CONNECTION_WAITS, /* nothing there to be received now */
};

/* A new connection to a Unix socket; -1 with errno. */
int connection_dial(const char *socket_path);

/* Take the next message, and connect if need be: returns true if it did. */
bool connection_begin(struct connection *connection);

/* Send what the socket takes. flags: 0 waits, MSG_DONTWAIT does not. */
void connection_send(struct connection *connection, int flags);
/* Receive once. */
enum connection_state connection_receive(struct connection *connection, int flags);

#endif
