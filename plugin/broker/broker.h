#ifndef BROKER_BROKER_H
#define BROKER_BROKER_H

#include "base/cleanup.h"
#include "base/err.h"
#include "base/settings.h"

/* Serve until SIGTERM or SIGINT; SIGHUP reloads the policies and reopens the audit trail.
 * Errors: whatever keeps it from starting. */
MUST_CHECK int broker_run(const struct settings *settings, struct err *err);

#endif
