#include "docker/user_spec.h"

#include "docker/number.h"

static enum user_root root_of(const struct user_spec *spec)
{
    if (spec->numeric)
        return spec->uid == 0 ? USER_ROOT_YES : USER_ROOT_NO;
    if (spec->user.len == 0)
        return spec->has_group ? USER_ROOT_YES : USER_ROOT_UNKNOWN;
    return str_eq(spec->user, STR("root")) ? USER_ROOT_YES : USER_ROOT_UNKNOWN;
}

struct user_spec user_spec_parse(struct str text)
{
    size_t colon = str_find(text, ':');
    struct user_spec spec = {.user = str_take(text, colon), .has_group = colon < text.len};

    if (spec.has_group)
        spec.group = str_skip(text, colon + 1);
    spec.numeric = number_signed(spec.user, &spec.uid);
    spec.group_numeric = number_signed(spec.group, &spec.gid);
    spec.root = root_of(&spec);
    return spec;
}
