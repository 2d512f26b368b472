#ifndef POLICY_CONTEXT_H
#define POLICY_CONTEXT_H

#include <stddef.h>

#include "docker/node.h"

struct decision;
struct loading;
struct modules;

/* A tree that rules read, by the name that messages give it: "req". */
struct context_root {
    const char *name;
    const struct node *node;
};

enum { CONTEXT_ROOTS = 3 };

/* What functions that policies call work with: sandbox_context(). Zeroed, it is the context of
 * a state in which rules are only read. */
struct context {
    struct loading *loading;       /* NULL unless files are being checked */
    const struct modules *modules; /* NULL: require() is not for now */
    struct decision *decisions;    /* made by the rule that runs, newest first */
    struct context_root roots[CONTEXT_ROOTS];
};

#endif
