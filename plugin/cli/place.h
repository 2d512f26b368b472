#ifndef CLI_PLACE_H
#define CLI_PLACE_H

#include <stdbool.h>

/* What loading a policy directory passes over in silence, since it may be meant. */

/* Say on standard error that the directory is not there, if so: baseline is in force then. */
void place_warn(const char *policy);

/* Print a finding for each rule that stands where nothing reads it. Returns whether there was one.
 */
bool place_check(const char *policy);

#endif
