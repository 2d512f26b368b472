#ifndef DOCKER_HOST_ADDRESS_H
#define DOCKER_HOST_ADDRESS_H

#include <stdbool.h>

#include "base/str.h"

/* Whether a port that is published on this address is reachable on every address of the host: "",
 * 0.0.0.0 and :: in any spelling ("0:0:0:0:0:0:0:0", "::ffff:0.0.0.0"), and whatever is not an IP
 * address, since engines up to 28 take that for none given (Go's net.ParseIP yields nil). */
bool host_address_is_any(struct str address);

#endif
