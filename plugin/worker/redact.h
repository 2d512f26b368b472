#ifndef WORKER_REDACT_H
#define WORKER_REDACT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

/* What of a request may stand in an audit record. Values of the query may be build arguments,
 * addresses with a password in them, instructions with an environment: only those of parameters
 * that are known to hold nothing of the kind are kept, the others become "***". */

/* A request target. "(no memory)" when the arena is full. */
struct str redact_uri(struct str uri, struct arena *arena);

/* Whether the values of a parameter of the query may stand there. */
bool redact_is_plain(struct str name);

/* An image's name, or the address that stands in its place: without user, password and query. */
struct str redact_image(struct str image, struct arena *arena);

/* Bytes of "user:password@", encoded or not, that a text without a scheme begins with, or 0. */
size_t redact_login(struct str s);
/* Whether one stands behind any "/" of a path: no name has such a part. */
bool redact_path_holds_login(struct str path);

/* Words of a rule, which may tell an address of the request: without its user, password and query.
 */
struct str redact_text(struct str text, struct arena *arena);

#endif
