#ifndef POLICY_RULE_H
#define POLICY_RULE_H

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

#include "docker/action.h"
#include "policy/mode.h"
#include "policy/param.h"

struct exception;

/* One rule file, checked. */
struct rule {
    const struct source *source;
    int line; /* of rule { */
    struct str id;
    bool is_grant; /* may allow */
    bool actions[ACTION_COUNT];
    struct param_spec params; /* PARAM_GROUP */
    struct node parameters;   /* what it is told: `p` */
    enum mode mode;
    const struct exception *exceptions; /* from what it denies; NULL: none */
    struct str code; /* bytecode of the file, from our own lua_dump() in this process */
};

/* rule { ... } as files call it: checks the table, fills the loading's rule, returns the table.
 * A lua_CFunction. */
int rule_define(lua_State *L);

#endif
