#ifndef BROKER_CONTROL_STATUS_H
#define BROKER_CONTROL_STATUS_H

#include "base/buffer.h"
#include "broker/overview.h"

/* Append what `lua-authz status` tells, as one JSON object without an end of line. Times are UTC,
 * and empty where there is none. Returns 0, or -1: the buffer failed. */
int control_status(const struct overview *overview, struct buffer *buffer);

#endif
