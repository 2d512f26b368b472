#ifndef BENCH_JSON_SCAN_H
#define BENCH_JSON_SCAN_H

#include <stddef.h>

#include "base/str.h"

/* Finding values in JSON text without decoding it, so that messages are sent byte for byte as they
 * were recorded. For corpora that are known to be JSON. */

/* The text of object's member of that name ({NULL, 0} when it has none): with its quotes, if it is
 * a string. */
struct str json_scan_member(struct str object, struct str name);

/* The same without the quotes; escapes stay. Empty when it is no string. */
struct str json_scan_string(struct str object, struct str name);

#endif
