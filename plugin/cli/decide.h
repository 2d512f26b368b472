#ifndef CLI_DECIDE_H
#define CLI_DECIDE_H

#include "base/settings.h"

/* lua-authz decide: read AuthZReq messages from file ("-": standard input), one a line, and print
 * {"allow","msg","action","findings"} for each. Returns the exit status. */
int decide_run(const struct settings *settings, const char *file);

#endif
