#ifndef POLICY_GROUP_H
#define POLICY_GROUP_H

#include "policy/set_parts.h"

/* Sort the set's rules into groups, one for each different list of rules that an action needs.
 * Returns -1 when memory ran out. */
MUST_CHECK int group_rules(struct policy_set *set);

/* Put the group's state into the sandbox, making it first if need be. Errors: ERR_LUA. */
MUST_CHECK int group_enter(struct policy_set *set, struct group *group, struct err *err);

/* [-0, +1] the table that the group's state keeps: at 0 `ctx`, at 2i-1 the i-th rule's check
 * function, at 2i its `p`. */
void group_push_checks(lua_State *L);

#endif
