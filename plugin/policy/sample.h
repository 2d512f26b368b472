#ifndef POLICY_SAMPLE_H
#define POLICY_SAMPLE_H

#include <stddef.h>

#include "docker/request.h"

/* Ordinary calls, at least one of each action that rules can name, so that a rule can be tried
 * without an engine. */
extern const size_t sample_count;

/* The i-th, as the engine would show it to a plugin. Returns 0, or -1 when the arena is full. */
MUST_CHECK int sample_read(size_t i, struct arena *arena, struct request *ret);

#endif
