#ifndef CONFORMANCE_ORACLE_H
#define CONFORMANCE_ORACLE_H

#include "base/str.h"
#include "bodies.h"

/* The Go program beside this folder's C, as a child process. */

/* Start it and take the fields that it knows. Any failure ends the program. */
void oracle_start(const char *path);
/* What it makes of a body: "ok …" or "no …". Valid until the next call. */
struct str oracle_ask(const struct body *body, struct str json);
void oracle_stop(void);

#endif
