#ifndef POLICY_PROFILE_H
#define POLICY_PROFILE_H

#include <lua.h>

#include "docker/action.h"
#include "docker/node.h"
#include "policy/loading.h"
#include "policy/mode.h"

enum fallback { FALLBACK_UNSET, FALLBACK_ALLOW, FALLBACK_DENY };

/* What happens when no rule has an opinion. */
struct profile_default {
    enum fallback read;
    enum fallback write;
    enum fallback unknown;
};

/* What a profile says about one rule. */
struct profile_entry {
    struct str id;
    enum mode mode;
    struct node params; /* NODE_MAP or NODE_NULL */
    int line;
};

/* One profile file, as it stands. */
struct profile {
    const struct source *source;
    int line; /* of profile { */
    struct str id;
    struct str extends; /* empty: nothing */
    enum mode mode;     /* MODE_OFF is not one of a profile */
    struct profile_default fallback;
    struct profile_entry *entries; /* sorted by id */
    size_t count;
    struct node exceptions; /* NODE_LIST, as it stands */
    const struct source *exceptions_source;
    int exceptions_line;
};

enum { PROFILE_CHAIN_MAX = 16 };

/* A profile with all that it extends, nearest first. */
struct profile_chain {
    struct profile profiles[PROFILE_CHAIN_MAX];
    size_t count;
};

/* profile { ... } as files call it. A lua_CFunction. */
int profile_define(lua_State *L);

/* The entry about a rule, or NULL. */
const struct profile_entry *profile_entry(const struct profile *profile, struct str id);

/* Whether any profile of the chain names the rule. */
bool profile_chain_names(const struct profile_chain *chain, struct str id);

/* The mode of a rule: what the nearest profile says of it, or of all its rules. A rule that was
 * switched off is not switched on by the mode of a whole profile. */
enum mode profile_chain_mode(const struct profile_chain *chain, struct str id);
/* The mode of the defaults: of the nearest profile that has one. */
enum mode profile_chain_default_mode(const struct profile_chain *chain);

/* Each default as the nearest profile has it; without a word it is to deny. */
struct profile_default profile_chain_default(const struct profile_chain *chain);
/* The default for a class of actions. Of a stream only the start is seen, so it needs both to be
 * allowed. */
enum fallback profile_default_of(const struct profile_default *fallback, enum action_class class);

#endif
