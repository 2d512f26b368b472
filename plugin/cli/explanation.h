#ifndef CLI_EXPLANATION_H
#define CLI_EXPLANATION_H

#include "base/document.h"
#include "cli/paint.h"

/* What a worker says when it is asked to explain (worker/explain.h), for people. */
void explanation_print(const struct paint *paint, const struct document *explanation);

/* The first line of it, of an audit record too: "denied: container.create POST /v1.41/..." */
void explanation_title(const struct paint *paint, bool allow, struct str action, struct str method,
                       struct str uri);

#endif
