#ifndef POLICY_PARAM_H
#define POLICY_PARAM_H

#include <lauxlib.h>
#include <lua.h>
#include <stdbool.h>

#include "base/arena.h"
#include "docker/node.h"
#include "policy/loading.h"

enum param_kind {
    PARAM_BOOL,
    PARAM_INT,
    PARAM_NUMBER,
    PARAM_STRING,
    PARAM_PATH,     /* absolute; made clean */
    PARAM_GLOB,     /* "*" and "?" */
    PARAM_SIZE,     /* bytes: 4096, "512m", "4g" */
    PARAM_DURATION, /* seconds: 90, "15m", "7d" */
    PARAM_URL,      /* http or https */
    PARAM_WEEKDAY,  /* 1, Monday, to 7: "mon" */
    PARAM_HOURS,    /* { from, to } in seconds of a day: "08:00-18:00" */
    PARAM_PERIOD,   /* { from, to } in seconds since 1970, of some zone: "2026-12-24/2027-01-02" */
    PARAM_ZONE,     /* seconds east of Greenwich: "+01:00" */
    PARAM_ONE_OF,
    PARAM_LIST,
    PARAM_MAP,
    PARAM_GROUP,
};

/* What a rule may be told: a type, and what holds when it is told nothing. */
struct param_spec {
    enum param_kind kind;
    struct str name;                 /* in its group */
    struct node initial;             /* NODE_NULL: none */
    const struct param_spec *of;     /* PARAM_LIST, PARAM_MAP */
    const struct param_spec *fields; /* PARAM_GROUP, sorted by name */
    size_t count;
    const struct str *choices; /* PARAM_ONE_OF */
    size_t choice_count;
};

/* bool, int, list_of and so on, for the globals; `path` and `glob` are libraries too, so their
 * constructors stand apart. Each takes the default last. Ended by NULL. */
extern const luaL_Reg param_functions[];
int param_path(lua_State *L);
int param_glob(lua_State *L);

/* The table of constructed parameters at index as a group; raises what is wrong. [-0, +0] */
void param_read_group(lua_State *L, int index, struct loading *loading, struct param_spec *ret);

/* What a profile said about a group, nearest profile first. */
struct param_said {
    const struct node *value;    /* NODE_MAP, or an empty list; not NULL */
    const struct source *source; /* who said it */
    int line;
};

enum { PARAM_SAID_MAX = 16 };

struct param_fault {
    const struct source *source; /* who said it; NULL: nobody */
    int line;
    char text[400]; /* "parameter allow[2]: expected ..., got ..." */
};

/* The values of a group as an immutable struct: key by key, the nearest profile that names it, else
 * the default. Returns 0, or -1 with *fault filled. */
MUST_CHECK int param_resolve(const struct param_spec *group, const struct param_said *said,
                             size_t count, struct arena *arena, struct node *ret,
                             struct param_fault *fault);

#endif
