#ifndef CLI_RELOAD_H
#define CLI_RELOAD_H

#include "base/settings.h"

/* lua-authz reload: let the daemon load its policies anew, and wait for what comes of it. Returns
 * the exit status: 0 the new set is in force, 1 it is not, with the reason. */
int reload_run(const struct settings *settings);

#endif
