#ifndef POLICY_DECISION_H
#define POLICY_DECISION_H

#include <lauxlib.h>
#include <lua.h>
#include <stdbool.h>

#include "base/str.h"

enum decision_effect { DECISION_DENY, DECISION_AUDIT, DECISION_ALLOW };

/* What deny(), audit() or allow() made. Rules hold it as light userdata, which nothing else in
 * a state is, so that no value of theirs can pass for one. Lives as long as the state. */
struct decision {
    enum decision_effect effect;
    struct str msg;
    struct str field; /* may be empty, as fix */
    struct str fix;
    int line;      /* of the file that made it */
    bool is_taken; /* it was returned */
    struct decision *next;
};

/* deny, audit, allow for the globals. Ended by NULL. */
extern const luaL_Reg decision_functions[];

struct str decision_effect_name(enum decision_effect effect);

#endif
