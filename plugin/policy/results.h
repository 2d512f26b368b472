#ifndef POLICY_RESULTS_H
#define POLICY_RESULTS_H

#include <lua.h>

#include "policy/deciding.h"

/* What a rule's check() returned. Both need room for 8 values on the stack. */

/* The values from index first to the top: decisions, lists of them, nothing; anything else is an
 * error of the rule. */
void results_take(lua_State *L, struct deciding *now, const struct rule *rule, int first);

/* deny(...) without return: the author meant it, and nothing would come of it. */
void results_check_taken(struct deciding *now, const struct rule *rule);

#endif
