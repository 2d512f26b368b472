#ifndef POLICY_DECISION_H
#define POLICY_DECISION_H

#include <lauxlib.h>
#include <lua.h>
#include <stdbool.h>

#include "base/str.h"

struct context;

enum decision_effect { DECISION_DENY, DECISION_AUDIT, DECISION_ALLOW };

/* What deny(), audit() or allow() made. Rules hold it as light userdata, and so they do what bool()
 * and the like made: decision_is_made_in() tells them apart. Lives as long as the state. */
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

/* Whether pointer is a decision of the rule that runs. */
bool decision_is_made_in(const struct context *context, const void *pointer);

struct str decision_effect_name(enum decision_effect effect);

#endif
