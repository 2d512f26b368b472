#ifndef POLICY_DATA_H
#define POLICY_DATA_H

#include <lua.h>

#include "base/snapshot.h"
#include "docker/node.h"
#include "policy/loading.h"

/* The files data/NAME.json of the policy directory: what rules read as ctx.data.NAME, and profiles
 * by data "NAME". Their top levels are records, so that a key that is not there is an error. */

struct data_file {
    struct source source;
    struct str name; /* without folder and ending */
    struct node root;
};

struct data {
    struct data_file *files;
    size_t count;
    struct node node; /* NODE_STRUCT of all roots by name */
};

/* Read them all; faults are findings. Returns -1 when memory ran out. */
MUST_CHECK int data_load(const struct snapshot *snapshot, struct loading *loading,
                         struct data *ret);

/* The file that a list of nodes stands in, at its top or one level below; NULL: in none. */
const struct source *data_source(const struct data *data, const struct node *list);

/* data "NAME" as profiles call it. A lua_CFunction. */
int data_get(lua_State *L);

#endif
