#ifndef DOCKER_NODE_JSON_H
#define DOCKER_NODE_JSON_H

#include "base/buffer.h"
#include "docker/node.h"

enum node_json_form {
    NODE_JSON_WHOLE,
    /* Without members that say nothing: null, false, "", empty lists and maps, and what consists of
     * nothing else. Items of lists stay, so that positions mean what they meant. */
    NODE_JSON_SAID,
};

/* Append a value as JSON; failure is the buffer's to tell. */
void node_json(const struct node *node, enum node_json_form form, struct buffer *out);

#endif
