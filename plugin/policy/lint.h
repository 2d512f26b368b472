#ifndef POLICY_LINT_H
#define POLICY_LINT_H

#include "base/arena.h"
#include "base/buffer.h"
#include "policy/set.h"

/* What is doubtful in a set that loads: rules are looked at, and run on a sample of each action
 * that they name. Appends "file:line: what", a line each. The arena is for requests; past a limit
 * of the sandbox the process ends, as in a decision. Returns -1 when the arena is full. */
MUST_CHECK int lint_set(struct policy_set *set, struct arena *arena, struct buffer *findings);

#endif
