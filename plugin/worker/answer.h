#ifndef WORKER_ANSWER_H
#define WORKER_ANSWER_H

#include "base/arena.h"
#include "base/verdict.h"
#include "policy/set.h"

/* The verdict on one message. set NULL: there is no policy; findings say why, a line each. What
 * *ret borrows lives in arena, words and message, or in the set until its next decision. words is
 * for what is said of a message that has filled the arena. */
void answer_message(struct policy_set *set, struct str findings, struct str message,
                    struct arena *arena, struct arena *words, struct verdict *ret);

#endif
