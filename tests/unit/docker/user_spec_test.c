#include "docker/user_spec.h"

#include "check.h"

static void tells_root_from_others(void)
{
    CHECK(user_spec_parse(STR("0")).root == USER_ROOT_YES);
    CHECK(user_spec_parse(STR("00")).root == USER_ROOT_YES);
    CHECK(user_spec_parse(STR("+0")).root == USER_ROOT_YES);
    CHECK(user_spec_parse(STR("-0")).root == USER_ROOT_YES);
    CHECK(user_spec_parse(STR("0:1000")).root == USER_ROOT_YES);
    CHECK(user_spec_parse(STR("root")).root == USER_ROOT_YES);
    CHECK(user_spec_parse(STR("root:users")).root == USER_ROOT_YES);
    CHECK(user_spec_parse(STR("1000")).root == USER_ROOT_NO);
    CHECK(user_spec_parse(STR("1000:0")).root == USER_ROOT_NO);
    CHECK(user_spec_parse(STR("")).root == USER_ROOT_UNKNOWN);
    CHECK(user_spec_parse(STR(":0")).root == USER_ROOT_YES);
    CHECK(user_spec_parse(STR(":1000")).root == USER_ROOT_YES);
    CHECK(user_spec_parse(STR(":")).root == USER_ROOT_YES);
    CHECK(user_spec_parse(STR("toor")).root == USER_ROOT_UNKNOWN);
    CHECK(user_spec_parse(STR("Root")).root == USER_ROOT_UNKNOWN);
    CHECK(user_spec_parse(STR("0x0")).root == USER_ROOT_UNKNOWN);
    CHECK(user_spec_parse(STR(" 0")).root == USER_ROOT_UNKNOWN);
    /* Too big for Go's Atoi: looked up as a name. */
    CHECK(user_spec_parse(STR("18446744073709551616")).root == USER_ROOT_UNKNOWN);
}

static void splits_user_and_group(void)
{
    struct user_spec spec = user_spec_parse(STR("1000:+05"));

    CHECK(spec.numeric && spec.uid == 1000);
    CHECK(spec.has_group && spec.group_numeric && spec.gid == 5);
    spec = user_spec_parse(STR("app:www:x"));
    CHECK_STR(spec.user, "app");
    CHECK_STR(spec.group, "www:x");
    CHECK(!spec.numeric && !spec.group_numeric);
    CHECK(!user_spec_parse(STR("app")).has_group);
    spec = user_spec_parse(STR("app:"));
    CHECK(spec.has_group && spec.group.len == 0);
}

int main(void)
{
    tells_root_from_others();
    splits_user_and_group();
    return 0;
}
