#include "docker/view_security.h"

#include "docker/seccomp_profile.h"
#include "docker/security_option.h"

enum security_field {
    SECURITY_APPARMOR,
    SECURITY_CREDENTIAL_SPEC,
    SECURITY_MASKED_PATHS,
    SECURITY_NO_NEW_PRIVILEGES,
    SECURITY_NO_NEW_PRIVILEGES_OFF,
    SECURITY_OTHER,
    SECURITY_READONLY_PATHS,
    SECURITY_SECCOMP,
    SECURITY_SECCOMP_ALLOWS_ALL,
    SECURITY_SECCOMP_PROBLEM,
    SECURITY_SECCOMP_PROFILE,
    SECURITY_SELINUX,
    SECURITY_UNMASKED,
    SECURITY_WRITABLE_CGROUPS,
};

static const struct member security_shape[] = {
    [SECURITY_APPARMOR] = VIEW_FIELD("apparmor", NODE_NULL),
    [SECURITY_CREDENTIAL_SPEC] = VIEW_FIELD("credential_spec", NODE_NULL),
    [SECURITY_MASKED_PATHS] = VIEW_FIELD("masked_paths", NODE_NULL),
    [SECURITY_NO_NEW_PRIVILEGES] = VIEW_FIELD("no_new_privileges", NODE_BOOL),
    [SECURITY_NO_NEW_PRIVILEGES_OFF] = VIEW_FIELD("no_new_privileges_off", NODE_BOOL),
    [SECURITY_OTHER] = VIEW_FIELD("other", NODE_LIST),
    [SECURITY_READONLY_PATHS] = VIEW_FIELD("readonly_paths", NODE_NULL),
    [SECURITY_SECCOMP] = VIEW_FIELD("seccomp", NODE_NULL),
    [SECURITY_SECCOMP_ALLOWS_ALL] = VIEW_FIELD("seccomp_allows_all", NODE_BOOL),
    [SECURITY_SECCOMP_PROBLEM] = VIEW_FIELD("seccomp_problem", NODE_NULL),
    [SECURITY_SECCOMP_PROFILE] = VIEW_FIELD("seccomp_profile", NODE_NULL),
    [SECURITY_SELINUX] = VIEW_FIELD("selinux", NODE_NULL),
    [SECURITY_UNMASKED] = VIEW_FIELD("unmasked", NODE_BOOL),
    [SECURITY_WRITABLE_CGROUPS] = VIEW_FIELD("writable_cgroups", NODE_BOOL),
};

enum selinux_field {
    SELINUX_DISABLE,
    SELINUX_FILETYPE,
    SELINUX_LEVEL,
    SELINUX_NESTED,
    SELINUX_ROLE,
    SELINUX_TYPE,
    SELINUX_USER,
};

static const struct member selinux_shape[] = {
    [SELINUX_DISABLE] = VIEW_FIELD("disable", NODE_BOOL),
    [SELINUX_FILETYPE] = VIEW_FIELD("filetype", NODE_NULL),
    [SELINUX_LEVEL] = VIEW_FIELD("level", NODE_NULL),
    [SELINUX_NESTED] = VIEW_FIELD("nested", NODE_BOOL),
    [SELINUX_ROLE] = VIEW_FIELD("role", NODE_NULL),
    [SELINUX_TYPE] = VIEW_FIELD("type", NODE_NULL),
    [SELINUX_USER] = VIEW_FIELD("user", NODE_NULL),
};

struct security {
    struct member *fields;
    struct member *selinux;
};

static struct security security_new(struct view *view, struct node *ret)
{
    struct security security = {.fields = VIEW_STRUCT(view, security_shape, ret)};

    security.selinux = VIEW_STRUCT(view, selinux_shape, &security.fields[SECURITY_SELINUX].value);
    security.fields[SECURITY_APPARMOR].value = view_string(STR("default"));
    security.fields[SECURITY_SECCOMP].value = view_string(STR("default"));
    return security;
}

static void set_seccomp(struct view *view, struct member *fields, struct str value)
{
    struct str problem;

    if (value.len == 0 || str_eq(value, STR("builtin")))
        return;
    if (str_eq(value, STR("unconfined"))) {
        fields[SECURITY_SECCOMP].value = view_string(value);
        fields[SECURITY_SECCOMP_ALLOWS_ALL].value = view_bool(true);
        return;
    }
    problem = seccomp_profile_problem(view->arena, value);
    fields[SECURITY_SECCOMP].value = view_string(STR("custom"));
    fields[SECURITY_SECCOMP_PROFILE].value = view_string(value);
    fields[SECURITY_SECCOMP_ALLOWS_ALL].value = view_bool(problem.len > 0);
    fields[SECURITY_SECCOMP_PROBLEM].value = view_text(problem);
}

static void set_apparmor(struct member *fields, struct str value)
{
    if (value.len == 0 || str_eq(value, STR("docker-default")))
        value = STR("default");
    fields[SECURITY_APPARMOR].value = view_string(value);
}

/* Source: opencontainers/selinux go-selinux/label, InitLabels. False for what it refuses. */
static bool set_label(struct member *selinux, struct str value)
{
    const struct {
        struct str prefix;
        enum selinux_field field;
    } texts[] = {{STR("user:"), SELINUX_USER},
                 {STR("role:"), SELINUX_ROLE},
                 {STR("type:"), SELINUX_TYPE},
                 {STR("level:"), SELINUX_LEVEL},
                 {STR("filetype:"), SELINUX_FILETYPE}};

    if (str_eq(value, STR("disable"))) {
        selinux[SELINUX_DISABLE].value = view_bool(true);
        return true;
    }
    if (str_eq(value, STR("nested"))) {
        selinux[SELINUX_NESTED].value = view_bool(true);
        return true;
    }
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (!str_starts(value, texts[i].prefix))
            continue;
        selinux[texts[i].field].value = view_string(str_skip(value, texts[i].prefix.len));
        return true;
    }
    return false;
}

static bool set_flag(struct node *flag, struct str value)
{
    enum security_option_bool parsed = security_option_bool(value);

    *flag = view_bool(parsed == SECURITY_OPTION_TRUE);
    return parsed != SECURITY_OPTION_INVALID;
}

/* Saying "false" is more than saying nothing: it overrides what the engine does for all containers.
 * Source: moby daemon/daemon_unix.go, parseSecurityOpt. */
static bool set_no_new_privileges(struct member *fields, struct str value)
{
    struct node *flag = &fields[SECURITY_NO_NEW_PRIVILEGES].value;
    bool is_known = set_flag(flag, value);

    fields[SECURITY_NO_NEW_PRIVILEGES_OFF].value = view_bool(is_known && !flag->boolean);
    return is_known;
}

/* False for an option that this version or the engine does not know. */
static bool take_option(struct security *security, struct security_option option,
                        struct str *seccomp)
{
    struct member *fields = security->fields;

    switch (option.kind) {
    case SECURITY_OPTION_LABEL:
        return set_label(security->selinux, option.value);
    case SECURITY_OPTION_APPARMOR:
        set_apparmor(fields, option.value);
        return true;
    case SECURITY_OPTION_SECCOMP:
        *seccomp = option.value;
        return true;
    case SECURITY_OPTION_NO_NEW_PRIVILEGES:
        return set_no_new_privileges(fields, option.value);
    case SECURITY_OPTION_WRITABLE_CGROUPS:
        return set_flag(&fields[SECURITY_WRITABLE_CGROUPS].value, option.value);
    case SECURITY_OPTION_UNKNOWN:
        break;
    }
    return false;
}

/* The last seccomp and the last apparmor option count, labels add up. */
static void take_options(struct view *view, struct security *security, const struct node *options)
{
    struct node *list = &security->fields[SECURITY_OTHER].value;
    struct node *other = node_count(options) ? view_list(view, node_count(options), list) : NULL;
    struct str seccomp = STR("");
    size_t count = 0;

    for (size_t i = 0; other && i < node_count(options); i++) {
        struct str text = node_string(node_item(options, i));

        if (!take_option(security, security_option_parse(text), &seccomp))
            other[count++] = view_string(text);
    }
    list->list.count = count;
    set_seccomp(view, security->fields, seccomp);
}

void view_security_create(struct view *view, const struct node *const host[HOST_FIELDS],
                          struct node *ret)
{
    struct security security = security_new(view, ret);
    const struct node *masked = host[HOST_MASKED_PATHS];
    const struct node *readonly = host[HOST_READONLY_PATHS];

    take_options(view, &security, host[HOST_SECURITY_OPT]);
    if (masked)
        security.fields[SECURITY_MASKED_PATHS].value = *masked;
    if (readonly)
        security.fields[SECURITY_READONLY_PATHS].value = *readonly;
    security.fields[SECURITY_UNMASKED].value = view_bool(masked || readonly);
}

void view_security_build(struct view *view, const struct node *options, struct node *ret)
{
    struct security security = security_new(view, ret);

    take_options(view, &security, options);
}

static void take_service_seccomp(struct view *view, struct member *fields,
                                 const struct node *seccomp)
{
    struct str mode = node_string(node_get(seccomp, STR("Mode")));
    struct str profile = node_string(node_get(seccomp, STR("Profile")));

    if (mode.len == 0 || str_eq(mode, STR("default")))
        return;
    if (str_eq(mode, STR("custom")) && profile.len > 0)
        set_seccomp(view, fields, profile);
    else
        set_seccomp(view, fields, mode);
}

static void take_service_selinux(struct member *selinux, const struct node *context)
{
    selinux[SELINUX_DISABLE].value = view_bool(node_bool(node_get(context, STR("Disable"))));
    selinux[SELINUX_USER].value = view_text(node_string(node_get(context, STR("User"))));
    selinux[SELINUX_ROLE].value = view_text(node_string(node_get(context, STR("Role"))));
    selinux[SELINUX_TYPE].value = view_text(node_string(node_get(context, STR("Type"))));
    selinux[SELINUX_LEVEL].value = view_text(node_string(node_get(context, STR("Level"))));
}

static void take_service_apparmor(struct member *fields, struct str mode)
{
    if (str_eq(mode, STR("disabled")))
        mode = STR("unconfined");
    set_apparmor(fields, mode);
}

void view_security_service(struct view *view, const struct node *privileges, struct node *ret)
{
    enum { API_PRIVILEGES = 44 };
    const struct line *line = &view->request->line;
    struct security security = security_new(view, ret);
    const struct node *apparmor = node_get(privileges, STR("AppArmor"));
    const struct node *credential = node_get(privileges, STR("CredentialSpec"));

    if (!privileges)
        return;
    take_service_seccomp(view, security.fields, node_get(privileges, STR("Seccomp")));
    take_service_selinux(security.selinux, node_get(privileges, STR("SELinuxContext")));
    take_service_apparmor(security.fields, node_string(node_get(apparmor, STR("Mode"))));
    /* Older engines, which a call without a version may meet, do not read it. */
    security.fields[SECURITY_NO_NEW_PRIVILEGES].value =
        view_bool(line->api.len && !line_is_before(line, API_PRIVILEGES) &&
                  node_bool(node_get(privileges, STR("NoNewPrivileges"))));
    if (credential && credential->type != NODE_NULL)
        security.fields[SECURITY_CREDENTIAL_SPEC].value = *credential;
}
