#ifndef CLI_STATUS_H
#define CLI_STATUS_H

#include "base/settings.h"

enum status_form { STATUS_TEXT, STATUS_JSON };

/* lua-authz status: what the daemon says of itself, for people or as JSON. Returns the exit status:
 * 0 all is well, 1 something is amiss or nobody answers. */
int status_run(const struct settings *settings, enum status_form form);

#endif
