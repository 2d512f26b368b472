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
    MODE_EXCEPTED, /* of a finding only: an exception of the profile excuses it */
};

/* "enforce", "audit", "off"; the last of all, "excepted", is not to be found. */
struct str mode_name(enum mode mode);
bool mode_find(struct str name, enum mode *ret);

#endif
