#ifndef BENCH_ANSWER_H
#define BENCH_ANSWER_H

#include <stdbool.h>

#include "base/str.h"

enum answer_kind { ANSWER_ALLOWED, ANSWER_DENIED, ANSWER_BROKEN };

/* Bytes of the HTTP/1.1 answer that bytes begins with: 0 when it is not whole yet, -1 when it never
 * will be. end: nothing follows. head: it answers a HEAD request, so there is no body. */
long answer_length(struct str bytes, bool end, bool head);

/* The server will close after this answer. */
bool answer_closes(struct str answer);

/* What a plugin's answer says: to be a plugin (Plugin.Activate) counts as allowed. A proxy's says
 * it by its status alone. */
enum answer_kind answer_kind(struct str answer, bool proxy);

#endif
