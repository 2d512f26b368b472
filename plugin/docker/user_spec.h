#ifndef DOCKER_USER_SPEC_H
#define DOCKER_USER_SPEC_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum user_root {
    USER_ROOT_UNKNOWN, /* a name that only the image can resolve, or the image's own default */
    USER_ROOT_NO,
    USER_ROOT_YES,
};

/* "name|uid[:group|gid]" as container processes get it. What parses as a number is one: "00", "+0"
 * and "-0" are uid 0; so is a group alone (":5"). Source: moby/sys/user, GetExecUser. */
struct user_spec {
    struct str user; /* as written, before the first colon */
    struct str group;
    bool has_group;
    bool numeric; /* user is a number */
    int64_t uid;
    bool group_numeric;
    int64_t gid;
    enum user_root root;
};

struct user_spec user_spec_parse(struct str text);

#endif
