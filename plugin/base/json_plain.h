#ifndef BASE_JSON_PLAIN_H
#define BASE_JSON_PLAIN_H

#include "base/str.h"

/* How many bytes at the start of s stand in a JSON string as they are: printable ASCII, but for the
 * quote and the backslash. */
size_t json_plain(struct str s);

#endif
