#ifndef CLI_PLACE_H
#define CLI_PLACE_H

#include <stdbool.h>

/* What loading a policy directory passes over in silence, since it may be meant: that it is not
 * there, and rules that stand where nothing reads them. */

bool place_is_missing(const char *policy);

/* Print a finding for each. Returns whether there was one. */
bool place_check(const char *policy);

#endif
