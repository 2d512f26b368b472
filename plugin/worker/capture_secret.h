#ifndef WORKER_CAPTURE_SECRET_H
#define WORKER_CAPTURE_SECRET_H

#include "base/arena.h"
#include "base/str.h"

/* Texts of a request without what is secret in them. What is built lives in the arena; when that
 * is full, all of a text is hidden. */

#define CAPTURE_SECRET_HIDDEN "***"

/* "NAME=value" as "NAME=***"; a text without "=" that is no name, "***". */
struct str capture_secret_pair(struct str pair, struct arena *arena);

/* The first word of a command or an instruction, and "***" for what follows it. */
struct str capture_secret_first_word(struct str text, struct arena *arena);

/* Values of labels: rules judge them, and some people keep secrets in them. */
enum capture_secret_labels { CAPTURE_SECRET_LABELS_HIDDEN, CAPTURE_SECRET_LABELS_TOLD };

/* The value of a label, which is hidden in any case if its name says that it is a secret. */
struct str capture_secret_label(enum capture_secret_labels labels, struct str name,
                                struct str value, struct arena *arena);

/* Any text that may hold addresses: without the user and password in them. */
struct str capture_secret_address(struct str text, struct arena *arena);

/* The value of an option of a driver. Those of the local volume driver and of the engine's own
 * network drivers are kept, without passwords, and so are numbers, sizes and switches. */
struct str capture_secret_option(struct str name, struct str value, struct arena *arena);

#endif
