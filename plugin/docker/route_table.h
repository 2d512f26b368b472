#ifndef DOCKER_ROUTE_TABLE_H
#define DOCKER_ROUTE_TABLE_H

#include "docker/route.h"

/* The engine's routes; for docker/route.c. */
extern const struct route route_table[];
extern const size_t route_table_count;

#endif
