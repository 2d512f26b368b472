#ifndef BROKER_GENERATIONS_H
#define BROKER_GENERATIONS_H

#include "broker/generation.h"

/* All generations: when another one is begun, and whether there is one that can serve. */

/* Read the directories and start to load what they hold. What is in force already, or loading, is
 * left as it is. */
void generations_reload(struct generations *all);
/* The same when nobody asked, but something may have changed: nor is what failed tried again. */
void generations_refresh(struct generations *all);

/* The reason for which no call can be served now and waiting is vain, or NULL. */
const char *generations_hopeless(const struct generations *all);

/* Kill all workers and free everything. */
void generations_done(struct generations *all);

#endif
