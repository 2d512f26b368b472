#ifndef WORKER_ANSWER_H
#define WORKER_ANSWER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/verdict.h"
#include "policy/set.h"

/* What a message is decided by. */
struct answer_scope {
    struct policy_set *set; /* NULL: there is no policy; findings say why, a line each */
    struct str findings;
    struct worker_page *page;
    struct arena *arena;
    struct arena *words; /* for what is said of a message that has filled the arena */
};

/* The verdict on one message. What *ret and *request borrow lives in both arenas and message, or in
 * the set until its next decision. Returns whether the request was read whole: else the gate
 * refused it, and *request holds what was read until then. */
bool answer_message(const struct answer_scope *scope, struct str message, struct request *request,
                    struct verdict *ret);

#endif
