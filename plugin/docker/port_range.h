#ifndef DOCKER_PORT_RANGE_H
#define DOCKER_PORT_RANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Ports from one to the other, both included; 0 to 0 where the engine picks one. */
struct port_range {
    uint16_t from;
    uint16_t to;
};

/* "8080" or "8000-8010" as go-connections/nat reads a host port; "" is 0 to 0. Leading zeros are
 * fine. Returns false for what the engine refuses. */
bool port_range_parse(struct str text, struct port_range *ret);

struct port_spec {
    struct port_range range;
    struct str proto; /* as written; "tcp" when absent or empty */
};

/* A key of PortBindings or ExposedPorts: "80", "80/tcp", "8000-8010/udp". */
bool port_range_spec(struct str text, struct port_spec *ret);

#endif
