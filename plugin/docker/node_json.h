#ifndef DOCKER_NODE_JSON_H
#define DOCKER_NODE_JSON_H

#include "base/buffer.h"
#include "docker/node.h"

/* Append a value as JSON; failure is the buffer's to tell. Members that say nothing are left out:
 * null, false, "", empty lists and maps, and what consists of nothing else. Items of lists stay,
 * so that positions mean what they meant. */
void node_json(const struct node *node, struct buffer *out);

#endif
