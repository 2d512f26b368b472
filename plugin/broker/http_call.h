#ifndef BROKER_HTTP_CALL_H
#define BROKER_HTTP_CALL_H

#include "broker/http.h"

/* The calls of the http side while they come in, and the memory that they take: within
 * plan.bytes_max, and kept for the next ones. */

/* http->loop is set. */
void http_call_init(struct http *http);
/* Every call has ended by now. */
void http_call_done(struct http *http);

/* One whose headers have come. NULL where there is no memory. */
struct call *http_call_begin(struct http *http, struct MHD_Connection *connection,
                             const char *method, const char *url);
/* A piece of its body, kept or only counted: call->excess. */
void http_call_receive(struct http *http, struct call *call, const char *data, size_t len);
/* It is over, and call no longer the caller's. */
void http_call_end(struct http *http, struct call *call);

#endif
