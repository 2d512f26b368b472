#ifndef POLICY_SET_PARTS_H
#define POLICY_SET_PARTS_H

#include "base/arena.h"
#include "policy/data.h"
#include "policy/modules.h"
#include "policy/near.h"
#include "policy/profile.h"
#include "policy/rule.h"
#include "policy/sandbox.h"
#include "policy/set.h"

/* The inside of a policy set, for the files that load it and decide by it. */

/* The rules that some action needs, in order of their ids, with a state in which their files were
 * run: made when it is first needed. */
struct group {
    const struct rule **rules;
    size_t count;
    bool is_built;
    struct sandbox_image image;
};

/* What rules see as `ctx`: views lead out of a state to these, so that a new decision changes them
 * without touching the state. */
enum { SET_CTX_DATA, SET_CTX_NOW, SET_CTX_FIELDS };

struct set_ctx {
    struct member fields[SET_CTX_FIELDS];
    struct node node;
};

struct policy_set {
    struct arena arena; /* all that is loaded */
    struct arena texts; /* of the last verdict */
    struct sandbox *sandbox;
    struct sandbox_image base; /* the libraries alone */
    struct modules modules;
    struct data data;
    struct rule *rules; /* in force, sorted by id */
    size_t count;
    struct group *groups;
    size_t group_count;
    struct group *of_action[ACTION_COUNT]; /* NULL: no rule wants to know */
    struct profile_default fallback;
    enum mode fallback_mode;
    const struct profile_chain *chain; /* what was said of the rules, and where */
    struct set_ctx ctx;
    const struct worker_page *page;
};

/* Load the profile and what it extends. Returns 0, or -1 with findings. */
MUST_CHECK int set_load_profiles(const struct snapshot *snapshot, struct loading *loading,
                                 struct profile_chain *ret);

/* Load, check and parametrize the rules in force into set->rules. Faults are findings. Returns -1
 * when memory ran out. */
MUST_CHECK int set_load_rules(const struct snapshot *snapshot, const struct profile_chain *chain,
                              struct loading *loading, struct policy_set *set);

/* Check the exceptions of all profiles and hang them onto their rules. Faults are findings, and so
 * is an exception that has ended, without being a fault. Returns -1 when memory ran out. */
MUST_CHECK int set_load_exceptions(const struct snapshot *snapshot,
                                   const struct profile_chain *chain, struct loading *loading,
                                   struct policy_set *set);

/* The library's file of a rule, whose place says its id, or NULL. */
const struct snapshot_file *set_library_rule(const struct snapshot *snapshot, struct str id);
/* near_hint() over the rules of the library and those known so far, set->rules. */
const char *set_library_hint(const struct snapshot *snapshot, struct policy_set *set, struct str id,
                             char text[static NEAR_HINT_BYTES]);

/* Run the rules that match a request for what they do wrong, whatever they decide. Appends
 * findings.
 */
void set_try(struct policy_set *set, const struct request *request, struct buffer *findings);

/* A file of the snapshot by the name that people know it by. Raises nothing; returns -1 when
 * memory ran out. */
MUST_CHECK int set_source(const struct snapshot_file *file, struct arena *arena,
                          struct source *ret);

#endif
