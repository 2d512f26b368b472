#ifndef POLICY_DECIDING_H
#define POLICY_DECIDING_H

#include "base/verdict.h"
#include "docker/request.h"
#include "policy/context.h"
#include "policy/decision.h"
#include "policy/group.h"
#include "policy/message.h"
#include "policy/set_parts.h"

/* One decision as it is made. */
struct deciding {
    struct policy_set *set;
    struct group *group;
    const struct request *request;
    struct verdict *verdict;
    struct message *message;
    struct context context;
    int64_t now_s;
    bool is_denied;
    bool is_granted;
    bool has_error;
    struct buffer *faults; /* gets what rules do wrong; NULL while calls are decided */
};

struct said {
    struct str label; /* in brackets before the words */
    struct str rule;
    enum decision_effect effect;
    enum mode mode;
    struct str msg;
    struct str field;
    struct str fix;
};

/* text as it may stand in a finding, for as long as the set's texts live. */
struct str deciding_clean(struct deciding *now, struct str text);

/* Count one finding, tell it if it denies, and write it down while there is room. */
void deciding_add(struct deciding *now, const struct said *said);

/* A rule that fails denies, whatever its mode: what it would have said is not known. */
void deciding_error(struct deciding *now, const struct rule *rule, struct str msg);
/* The same, with the rule's file and line before the text; line 0 is where the rule begins. */
void deciding_error_at(struct deciding *now, const struct rule *rule, int line, const char *fmt,
                       ...) __attribute__((format(printf, 4, 5)));

#endif
