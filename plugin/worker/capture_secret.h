#ifndef WORKER_CAPTURE_SECRET_H
#define WORKER_CAPTURE_SECRET_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

/* Texts of a request without what is secret in them. What is built lives in the arena; when that
 * is full, all of a text is hidden. */

#define CAPTURE_SECRET_HIDDEN "***"

/* "NAME=value" as "NAME=***"; a text without "=" that is no name, "***". */
struct str capture_secret_pair(struct str pair, struct arena *arena);

/* The first word of a command or an instruction, and "***" for what follows it. */
struct str capture_secret_first_word(struct str text, struct arena *arena);

/* Whether the name of a value says that it is a secret: "token", "DB_PASSWORD". */
bool capture_secret_is_name(struct str name);
/* The value of a label, which is hidden if the label's name says that it is a secret. */
struct str capture_secret_label(struct str name, struct str value, struct arena *arena);

/* Any text that may hold addresses: without the user and password in them. */
struct str capture_secret_address(struct str text, struct arena *arena);

/* The value of an option of a driver. Those of the local volume driver, of the engine's own network
 * drivers and the sizes of logs are kept, without passwords. */
struct str capture_secret_option(struct str name, struct str value, struct arena *arena);

#endif
