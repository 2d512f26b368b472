#ifndef WORKER_CAPTURE_JSON_H
#define WORKER_CAPTURE_JSON_H

#include "base/arena.h"
#include "base/str.h"
#include "worker/capture_secret.h"

/* Which texts of a JSON document are secret. */
enum capture_json {
    CAPTURE_JSON_HIDDEN,  /* all but keys, and what stands below "Type" */
    CAPTURE_JSON_PLAIN,   /* none but passwords in addresses */
    CAPTURE_JSON_LABELS,  /* values of labels */
    CAPTURE_JSON_FILTERS, /* the same in texts and keys such as "name=value" */
};

/* A parameter of the query that holds JSON, without what is secret in it. What is not JSON stays
 * unreadable: "***". In the arena. */
struct str capture_json(struct str json, enum capture_json which, enum capture_secret_labels labels,
                        struct arena *arena);

#endif
