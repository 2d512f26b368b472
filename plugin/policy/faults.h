#ifndef POLICY_FAULTS_H
#define POLICY_FAULTS_H

#include "base/buffer.h"

/* What is wrong with a set of policies, one "rules/site.lua:12: what" a line. */

/* Append a line, once. */
void faults_add(struct buffer *faults, struct str line);

/* Append it unless something is told of that place already: more would be a consequence. */
void faults_add_first(struct buffer *faults, struct str line);

#endif
