#include "view_check.h"

static struct view_check check;

static void options(const char *list)
{
    struct str body = arena_printf(
        &check.arena, "{\"Image\":\"bb\",\"HostConfig\":{\"SecurityOpt\":[%s]}}", list);

    view_check_read(&check, "POST", "/containers/create", body.ptr);
}

static void privileges(const char *text)
{
    struct str body = arena_printf(
        &check.arena, "{\"TaskTemplate\":{\"ContainerSpec\":{\"Image\":\"bb\",\"Privileges\":%s}}}",
        text);

    view_check_read(&check, "POST", "/v1.44/services/create", body.ptr);
}

#define SECURITY(field, want) CHECK_VIEW(&check, "container/security/" field, want)

static void has_defaults(void)
{
    options("");
    SECURITY("seccomp", "default");
    SECURITY("seccomp_allows_all", "false");
    SECURITY("apparmor", "default");
    SECURITY("no_new_privileges", "false");
    SECURITY("no_new_privileges_off", "false");
    SECURITY("selinux/disable", "false");
    SECURITY("selinux/type", "nil");
    SECURITY("other", "#0");
    SECURITY("unmasked", "false");
    SECURITY("masked_paths", "nil");
    SECURITY("writable_cgroups", "false");
    SECURITY("credential_spec", "nil");
}

static void the_last_option_counts_and_labels_add_up(void)
{
    options("\"seccomp=unconfined\",\"seccomp=builtin\",\"apparmor:unconfined\",\"apparmor=mine\","
            "\"no-new-privileges:false\",\"no-new-privileges\",\"label=user:u\",\"label:role:r\","
            "\"label=type:container_t\",\"label=level:s0:c1\",\"label=filetype:f\",\"disable\","
            "\"label=nested\",\"writable-cgroups=true\",\"systempaths=unconfined\",\"label=x\"");
    SECURITY("seccomp", "default");
    SECURITY("apparmor", "mine");
    SECURITY("no_new_privileges", "true");
    SECURITY("no_new_privileges_off", "false");
    SECURITY("selinux/user", "u");
    SECURITY("selinux/role", "r");
    SECURITY("selinux/type", "container_t");
    SECURITY("selinux/level", "s0:c1");
    SECURITY("selinux/filetype", "f");
    SECURITY("selinux/disable", "true");
    SECURITY("selinux/nested", "true");
    SECURITY("writable_cgroups", "true");
    SECURITY("other", "#2");
    SECURITY("other/1", "systempaths=unconfined");
    SECURITY("other/2", "label=x");
    options("\"seccomp=builtin\",\"seccomp:unconfined\",\"no-new-privileges=yes\"");
    SECURITY("seccomp", "unconfined");
    SECURITY("seccomp_allows_all", "true");
    SECURITY("no_new_privileges", "false");
    SECURITY("other/1", "no-new-privileges=yes");
    options("\"apparmor=docker-default\"");
    SECURITY("apparmor", "default");
    options("\"no-new-privileges\",\"no-new-privileges=F\"");
    SECURITY("no_new_privileges", "false");
    SECURITY("no_new_privileges_off", "true");
}

/* profile: JSON within a JSON string. */
static void check_profile(const char *profile, const char *off)
{
    struct str option = arena_printf(&check.arena, "\"seccomp=%s\"", profile);

    options(option.ptr);
    SECURITY("seccomp", "custom");
    check_that(
        str_eq(view_check_text(&check, "container/security/seccomp_allows_all"), str_from(off)),
        __FILE__, __LINE__, profile);
}

static void judges_profiles(void)
{
    check_profile("{\\\"defaultAction\\\":\\\"SCMP_ACT_ERRNO\\\"}", "false");
    check_profile("{\\\"DEFAULTACTION\\\":\\\"SCMP_ACT_KILL_PROCESS\\\",\\\"syscalls\\\":[]}",
                  "false");
    check_profile("{\\\"defaultAction\\\":\\\"SCMP_ACT_ALLOW\\\"}", "true");
    check_profile("{\\\"defaultAction\\\":\\\"SCMP_ACT_LOG\\\"}", "true");
    check_profile("{\\\"defaultAction\\\":\\\"SCMP_ACT_TRACE\\\"}", "true");
    check_profile("{\\\"defaultAction\\\":\\\"SCMP_ACT_NOTIFY\\\"}", "true");
    check_profile("{\\\"defaultAction\\\":\\\"scmp_act_errno\\\"}", "true");
    check_profile("{\\\"defaultAction\\\":null}", "true");
    check_profile("{\\\"defaultAction\\\":\\\"SCMP_ACT_ERRNO\\\",\\\"defaultaction\\\":"
                  "\\\"SCMP_ACT_ALLOW\\\"}",
                  "true");
    check_profile("{}", "true");
    check_profile("[]", "true");
    check_profile("null", "true");
    check_profile("{", "true");
    check_profile("/etc/profile.json", "true");
    check_profile("Unconfined", "true");
    options("\"seccomp={}\"");
    SECURITY("seccomp_problem", "it has no default action");
    SECURITY("seccomp_profile", "{}");
}

static void sees_unmasked_paths(void)
{
    view_check_read(
        &check, "POST", "/containers/create",
        "{\"Image\":\"bb\",\"HostConfig\":{\"MaskedPaths\":[],\"ReadonlyPaths\":null}}");
    SECURITY("unmasked", "true");
    SECURITY("masked_paths", "#0");
    SECURITY("readonly_paths", "nil");
    view_check_read(&check, "POST", "/containers/create",
                    "{\"Image\":\"bb\",\"HostConfig\":{\"ReadonlyPaths\":[\"/proc/sys\"]}}");
    SECURITY("unmasked", "true");
    SECURITY("readonly_paths/1", "/proc/sys");
}

static void reads_services_alike(void)
{
    privileges("{\"Seccomp\":{\"Mode\":\"unconfined\"},\"AppArmor\":{\"Mode\":\"disabled\"},"
               "\"SELinuxContext\":{\"Disable\":true,\"Type\":\"t\"},\"NoNewPrivileges\":true,"
               "\"CredentialSpec\":{\"File\":\"x\"}}");
    SECURITY("seccomp", "unconfined");
    SECURITY("apparmor", "unconfined");
    SECURITY("selinux/disable", "true");
    SECURITY("selinux/type", "t");
    SECURITY("no_new_privileges", "true");
    SECURITY("credential_spec/File", "x");
    privileges("{\"Seccomp\":{\"Mode\":\"default\"},\"AppArmor\":{\"Mode\":\"default\"}}");
    SECURITY("seccomp", "default");
    SECURITY("apparmor", "default");
    /* {} */
    privileges("{\"Seccomp\":{\"Mode\":\"custom\",\"Profile\":\"e30=\"}}");
    SECURITY("seccomp", "custom");
    SECURITY("seccomp_allows_all", "true");
    privileges("{\"Seccomp\":{\"Mode\":\"Unconfined\"}}");
    SECURITY("seccomp_allows_all", "true");
    privileges("null");
    SECURITY("seccomp", "default");
}

static void reads_builds_alike(void)
{
    view_check_read(&check, "POST",
                    "/build?securityopt=seccomp%3Dunconfined&securityopt=apparmor%3Aunconfined",
                    NULL);
    CHECK_VIEW(&check, "build/security/seccomp", "unconfined");
    CHECK_VIEW(&check, "build/security/apparmor", "unconfined");
}

static void counts_no_new_privileges_only_where_it_is_read(void)
{
    const char *body =
        "{\"TaskTemplate\":{\"ContainerSpec\":{\"Privileges\":{\"NoNewPrivileges\":true}}}}";

    view_check_read(&check, "POST", "/v1.44/services/create", body);
    SECURITY("no_new_privileges", "true");
    view_check_read(&check, "POST", "/v1.43/services/create", body);
    SECURITY("no_new_privileges", "false");
    view_check_read(&check, "POST", "/services/create", body);
    SECURITY("no_new_privileges", "false");
}

int main(void)
{
    struct err err;

    CHECK(arena_init(&check.arena, 1 << 24, &err) == 0);
    has_defaults();
    the_last_option_counts_and_labels_add_up();
    judges_profiles();
    sees_unmasked_paths();
    reads_services_alike();
    reads_builds_alike();
    counts_no_new_privileges_only_where_it_is_read();
    arena_done(&check.arena);
    return 0;
}
