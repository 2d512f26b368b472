#ifndef POLICY_MODE_H
#define POLICY_MODE_H

#include <stdbool.h>

#include "base/str.h"

/* How much a rule's findings count. */
enum mode {
    MODE_UNSET, /* nothing was said */
    MODE_ENFORCE,
    MODE_AUDIT, /* written down as what would be denied */
    MODE_OFF,
};

/* "enforce", "audit", "off". */
struct str mode_name(enum mode mode);
bool mode_find(struct str name, enum mode *ret);

#endif
