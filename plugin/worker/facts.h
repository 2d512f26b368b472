#ifndef WORKER_FACTS_H
#define WORKER_FACTS_H

#include "base/arena.h"
#include "base/verdict.h"
#include "base/worker_link.h"
#include "docker/request.h"

/* What the audit trail tells of a call besides its verdict. Nothing here bears on a decision. */

/* Put the facts of a request that was read, or as far as it was read (readable false), into *ret,
 * which is empty. What may be secret is left out. */
void facts_request(const struct request *request, bool readable, struct arena *arena,
                   struct verdict *ret);

/* Leave facts on the page, for whoever has lost this worker. */
void facts_tell(const struct verdict *facts, struct worker_page *page);

/* Leave out what may be secret of the findings. */
void facts_findings(struct arena *arena, struct verdict *ret);

/* What an AuthZRes message says: an allow with its facts. Cannot fail: what cannot be read is not
 * told. */
void facts_response(struct str message, struct arena *arena, struct verdict *ret);

#endif
