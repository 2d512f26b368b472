#ifndef BENCH_CORPUS_H
#define BENCH_CORPUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One HTTP request, ready to be sent, and what came of sending it. */
struct message {
    char *bytes; /* owned */
    size_t len;
    char name[72]; /* method and URI of the API call */
    uint64_t allowed;
    uint64_t denied;
    uint64_t broken; /* answers that are no verdict */
    uint64_t count;
    uint64_t sum_ns;
};

struct corpus {
    struct message *messages; /* owned, as long as the program runs */
    size_t count;
    size_t next; /* the one to be sent next */
};

struct corpus_form {
    bool close;     /* ask the server to close the connection after each answer */
    bool api_calls; /* not the message to a plugin, but the API call that it is about */
};

/* Read JSON lines {"endpoint": "/AuthZPlugin.AuthZReq", "body": {...}}; ends the program when there
 * is not one. */
void corpus_load(struct corpus *corpus, const char *path, const struct corpus_form *form);

/* The messages in turn, for ever. */
struct message *corpus_next(struct corpus *corpus);

#endif
