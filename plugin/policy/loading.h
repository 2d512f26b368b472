#ifndef POLICY_LOADING_H
#define POLICY_LOADING_H

#include <lua.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/str.h"
#include "policy/sandbox.h"

struct data;
struct modules;

/* One text of a set, by the name that people know it by: "rules/site.lua",
 * "library/rules/container/devices.lua". */
struct source {
    struct str name; /* NUL-terminated */
    struct str content;
    bool is_library;
};

/* What files are checked with, one after the other, each in a fresh state. */
struct loading {
    struct arena *arena; /* what the set is made of; NODE trees, names */
    struct sandbox *sandbox;
    const struct sandbox_image *base; /* the libraries alone */
    const struct modules *modules;    /* what files may share */
    const struct data *data;          /* what profiles may name */
    struct buffer *findings;          /* "file:line: what", a line each */
    size_t faults;                    /* findings that keep the set from being loaded */

    const struct source *source; /* being run */
    struct rule *rule;           /* filled by rule{}; NULL: it may not be called here */
    struct profile *profile;     /* filled by profile{}; the same */
    const void *made;            /* the table that was given to it; NULL: not called yet */
    struct buffer *code;         /* gets the file's bytecode; may be NULL */
};

/* Add one finding. line 0: the file as a whole. */
void loading_fault(struct loading *loading, const struct source *source, int line, const char *fmt,
                   ...) __attribute__((format(printf, 4, 5)));

/* The same for what is not as it should be, but keeps nothing from being loaded. */
void loading_note(struct loading *loading, const struct source *source, int line, const char *fmt,
                  ...) __attribute__((format(printf, 4, 5)));

/* Run the source in a fresh state. wanted is the function ("rule") whose table the file must
 * return. Returns 0, or -1 with findings. */
MUST_CHECK int loading_run(struct loading *loading, const struct source *source,
                           const char *wanted);

/* Compile a source and leave its function on the stack. Raises what speaks against it. [-0, +1] */
void loading_compile(lua_State *L, const struct loading *loading, const struct source *source);

/* For functions that files call: what is being loaded, or NULL while deciding. */
struct loading *loading_of(lua_State *L);
/* The line that the file is at, as far as it is known; else 0. */
int loading_line(lua_State *L);

/* Raise what is wrong at a key of the table that the file is giving to rule{} or profile{}. */
void loading_raise(lua_State *L, struct str key, const char *fmt, ...)
    __attribute__((format(printf, 3, 4), noreturn));

/* Memory of the set. Raises when there is none left. */
void *loading_alloc(lua_State *L, struct loading *loading, size_t count, size_t size);
struct str loading_str(lua_State *L, struct loading *loading, struct str s);

#endif
