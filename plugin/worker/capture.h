#ifndef WORKER_CAPTURE_H
#define WORKER_CAPTURE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/err.h"
#include "docker/request.h"
#include "worker/capture_secret.h"

/* A request as an AuthZReq message to decide it again by: what the engine understands of it, in the
 * engine's spelling, with what is secret replaced by "***". Values of environment variables, build
 * arguments, plugin settings and of all driver options but known ones; data of secrets and configs;
 * keys and tokens of swarms; names of credentials; words of commands behind the program's name;
 * passwords in addresses.
 */
struct capture {
    enum capture_secret_labels
        labels;            /* whether their values are told, but for those of telling names */
    struct buffer body;    /* of the request */
    struct buffer message; /* what is captured */
};

void capture_init(struct capture *capture);
void capture_done(struct capture *capture);

/* Capture a request that was read whole and decided at now_s. arena is for work. Returns the
 * message, which stands in capture until the next call; empty when there was no room. */
struct str capture_request(struct capture *capture, const struct request *request, int64_t now_s,
                           struct arena *arena);

#endif
