#ifndef POLICY_PARAM_CHECK_H
#define POLICY_PARAM_CHECK_H

#include "policy/param.h"

enum { PARAM_CHECK_PATH_BYTES = 128 };

/* A value's way through its parameters, "memory.max" or "allow[2]", and what is wrong there. */
struct param_check {
    struct arena *arena;
    char path[PARAM_CHECK_PATH_BYTES];
    char *text; /* gets "expected ..., got ..." */
    size_t size;
};

/* value as the parameter's type holds it: paths clean, sizes in bytes. Groups are not for this.
 * Returns 0, or -1 with check->text filled and check->path at the culprit. */
MUST_CHECK int param_check_value(struct param_check *check, const struct param_spec *param,
                                 const struct node *value, struct node *ret);

/* Go one step down ("[2]", ".max") and come back: returns the length to give to leave. */
size_t param_check_enter(struct param_check *check, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void param_check_leave(struct param_check *check, size_t len);

/* The type by the name that list_of() takes; false: there is none. */
bool param_check_kind(struct str name, enum param_kind *ret);

#endif
