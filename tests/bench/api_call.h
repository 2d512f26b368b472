#ifndef BENCH_API_CALL_H
#define BENCH_API_CALL_H

#include <stddef.h>

#include "base/str.h"

/* The API call that an AuthZReq message (the text of its JSON object) is about, as a docker client
 * sends it: what a filtering proxy before the engine's socket gets to see of the same corpus.
 * Returns memory that the caller owns. */
char *api_call_write(struct str message, size_t *ret_len);

#endif
