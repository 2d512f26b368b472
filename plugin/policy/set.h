#ifndef POLICY_SET_H
#define POLICY_SET_H

#include "base/buffer.h"
#include "base/snapshot.h"
#include "base/verdict.h"
#include "base/worker_link.h"
#include "docker/request.h"

struct policy_set; /* a profile with its rules, loaded and checked; never changes */

/* Load the profile of the snapshot ("policy/policy.lua", or the library's baseline) and the rules
 * that it puts in force. snapshot and page outlive the set.
 * Returns 0, or -1 with one "file:line: what" a line appended to findings. */
MUST_CHECK int policy_set_load(const struct snapshot *snapshot, struct worker_page *page,
                               struct policy_set **ret, struct buffer *findings);
void policy_set_free(struct policy_set *set);

/* Make what the first decision about an action would have to make. No rule is asked. */
void policy_set_warm_up(struct policy_set *set, enum action action);

/* Decide one request in a fresh Lua state: fill allow, reason, msg and findings of *ret. These
 * borrow from request, the set, and memory that is valid until the next call. Cannot fail: whatever
 * goes wrong is a denial. Past a limit it does not return: the process ends, with the reason on the
 * page. */
void policy_set_decide(struct policy_set *set, const struct request *request, struct verdict *ret);

/* The time by which the last decision was made, in seconds since 1970. */
int64_t policy_set_now(const struct policy_set *set);

#endif
