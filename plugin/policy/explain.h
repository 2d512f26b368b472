#ifndef POLICY_EXPLAIN_H
#define POLICY_EXPLAIN_H

#include "base/buffer.h"
#include "base/verdict.h"
#include "docker/request.h"
#include "policy/set.h"

/* How a verdict came about, as members of a JSON object, for people who ask why. Nothing here
 * bears on a decision. Failure is the buffer's to tell. */

/* "profiles":[{"id","file"}],"default":"allow", without a comma before them. */
void explain_profiles(const struct policy_set *set, const struct request *request,
                      struct buffer *out);

/* "rules":[...]: every rule of the set, looked at or not, with what it said, its findings, its
 * parameters and where they come from; before them, what no rule said: the plugin's own refusals,
 * the default. set NULL: only these. was_asked false: the rules were not asked. */
void explain_rules(const struct policy_set *set, const struct request *request, bool was_asked,
                   const struct verdict *verdict, struct buffer *out);

#endif
