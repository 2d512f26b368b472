#ifndef POLICY_SANDBOX_H
#define POLICY_SANDBOX_H

#include <lua.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "base/err.h"
#include "base/str.h"
#include "base/worker_link.h"

/* A Lua state in memory of its own, at an address that never changes. What was built in it can be
 * saved as an image and put back by one copy, bit for bit, so that each decision starts fresh.
 *
 * Nothing is collected and no state is ever closed. At the end of the memory or of the budget the
 * process ends, with the reason and the place on the page: no error is unwound through Lua that
 * a policy could catch, and no finalizer, handler or hook of a policy runs afterwards. */
struct sandbox;

struct sandbox_image {
    char *bytes; /* owned */
    size_t size;
    lua_State *L;
    void *stack;
};

/* Reserve the memory of page->limits. page outlives the sandbox. Errors: ERR_NOMEM, ERR_SYSTEM. */
MUST_CHECK int sandbox_new(struct worker_page *page, struct sandbox **ret, struct err *err);
/* NULL does nothing. */
void sandbox_free(struct sandbox *sandbox);

/* Start over with an empty state, no libraries, and a full budget. */
void sandbox_clear(struct sandbox *sandbox);

/* Call body(L) in protected mode with arg as light userdata at index 1; results are dropped. The
 * only door into Lua: body holds no CLEANUP variable, since an error jumps over it.
 * Errors: ERR_LUA with what was raised. */
MUST_CHECK int sandbox_call(struct sandbox *sandbox, lua_CFunction body, void *arg,
                            struct err *err);

/* Keep the state as it is now, outside of any call. Errors: ERR_NOMEM. */
MUST_CHECK int sandbox_save(const struct sandbox *sandbox, struct sandbox_image *ret,
                            struct err *err);
/* Put the state back that was saved from this sandbox, with a full budget. */
void sandbox_restore(struct sandbox *sandbox, const struct sandbox_image *image);
/* Takes a zeroed image too. */
void sandbox_image_done(struct sandbox_image *image);

/* What a parent reads on the page of a policy that does not come back: a file's name. */
void sandbox_at(struct sandbox *sandbox, struct str where);

/* For functions that policies call, beside policy/steps.h, whose account this keeps. The context is
 * whatever the caller of sandbox_call() set. */
void sandbox_set_context(struct sandbox *sandbox, void *context);
void *sandbox_context(lua_State *L);
/* Memory that is valid until the state is put back. Never NULL. */
void *sandbox_alloc(lua_State *L, size_t size) __attribute__((alloc_size(2), returns_nonnull));

#endif
