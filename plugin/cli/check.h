#ifndef CLI_CHECK_H
#define CLI_CHECK_H

#include "base/settings.h"

/* lua-authz check: load the policy set as the daemon would, look at its rules and try them, and
 * print what is wrong or doubtful, one "file:line: what" a line. Returns the exit status: 0 fine, 1
 * findings. */
int check_run(const struct settings *settings);

#endif
