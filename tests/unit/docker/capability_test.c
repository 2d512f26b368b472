#include "docker/capability.h"

#include "check.h"

int main(void)
{
    struct arena arena;
    struct arena none = {0};
    struct err err;

    CHECK(arena_init(&arena, 4096, &err) == 0);
    CHECK_STR(capability_name(&arena, STR("SYS_ADMIN")), "SYS_ADMIN");
    CHECK_STR(capability_name(&arena, STR("cap_sys_admin")), "SYS_ADMIN");
    CHECK_STR(capability_name(&arena, STR("CAP_Sys_Admin")), "SYS_ADMIN");
    CHECK_STR(capability_name(&arena, STR("all")), "ALL");
    CHECK_STR(capability_name(&arena, STR("cap_all")), "CAP_ALL");
    CHECK_STR(capability_name(&arena, STR("CAP_CAP_CHOWN")), "CAP_CHOWN");
    CHECK_STR(capability_name(&arena, STR("CAP_")), "");
    CHECK_STR(capability_name(&arena, STR("")), "");
    CHECK_STR(capability_name(&arena, STR(" chown")), " CHOWN");
    CHECK_STR(capability_name(&arena, STR("21")), "21");
    /* Go's upper case of U+017F is "S" and of U+0131 "I"; the Kelvin sign stays itself. */
    CHECK_STR(capability_name(&arena, STR("\u017fys_adm\u0131n")), "SYS_ADMIN");
    CHECK_STR(capability_name(&arena, STR("\u212aILL")), "\u212aILL");
    CHECK_STR(capability_name(&arena, STR("kill\xc5")), "KILL\xc5");
    CHECK(capability_name(&none, STR("kill")).ptr == NULL);
    CHECK_STR(capability_name(&none, STR("CAP_KILL")), "KILL");
    arena_done(&arena);
    return 0;
}
