#ifndef BROKER_ANSWER_H
#define BROKER_ANSWER_H

#include "base/buffer.h"
#include "base/str.h"

/* The bodies that the engine reads: `{"Allow":…,"Msg":…,"Err":…}` (moby, pkg/authorization/api.go).
 * A refusal is an HTTP 200 as well: any other status hides the words from the user. */

#define ANSWER_ALLOW "{\"Allow\":true,\"Msg\":\"\",\"Err\":\"\"}"
#define ANSWER_ACTIVATE "{\"Implements\":[\"authz\"]}"
#define ANSWER_ELSEWHERE                                                                           \
    "{\"Err\":\"lua-authz: no such endpoint; it serves /Plugin.Activate, "                         \
    "/AuthZPlugin.AuthZReq and /AuthZPlugin.AuthZRes by POST\"}"
/* When there is no memory for words of its own. */
#define ANSWER_NO_MEMORY "{\"Allow\":false,\"Msg\":\"[overload] out of memory\",\"Err\":\"\"}"

enum { ANSWER_MAX_BYTES = 64 * 1024 };

/* Append a refusal whose words end with the decision's id. Returns 0, or -1: the buffer failed. */
int answer_refuse(struct buffer *buffer, struct str msg, struct str id);

#endif
