#include "docker/view_container_shape.h"
#include "docker/view_parts.h"

enum { CAPS_ADD, CAPS_DROP, CAPS_DROPS_ALL, CAPS_EFFECTIVE, CAPS_EXACT };

static const struct member caps_shape[] = {
    [CAPS_ADD] = VIEW_FIELD("add", NODE_MAP),
    [CAPS_DROP] = VIEW_FIELD("drop", NODE_MAP),
    [CAPS_DROPS_ALL] = VIEW_FIELD("drops_all", NODE_BOOL),
    [CAPS_EFFECTIVE] = VIEW_FIELD("effective", NODE_MAP),
    [CAPS_EXACT] = VIEW_FIELD("exact", NODE_NULL),
};

/* clang-format off */
#define CAPABILITY(name) {.key = {#name, sizeof #name - 1}, .value = {.type = NODE_BOOL, .boolean = true}}
/* clang-format on */

/* What containers have without asking. Source: moby oci/caps/defaults.go. Sorted. */
static const struct member defaults[] = {
    CAPABILITY(AUDIT_WRITE),  CAPABILITY(CHOWN),
    CAPABILITY(DAC_OVERRIDE), CAPABILITY(FOWNER),
    CAPABILITY(FSETID),       CAPABILITY(KILL),
    CAPABILITY(MKNOD),        CAPABILITY(NET_BIND_SERVICE),
    CAPABILITY(NET_RAW),      CAPABILITY(SETFCAP),
    CAPABILITY(SETGID),       CAPABILITY(SETPCAP),
    CAPABILITY(SETUID),       CAPABILITY(SYS_CHROOT),
};

/* All there are. Source: capabilities(7). Sorted. */
static const struct member all[] = {
    CAPABILITY(AUDIT_CONTROL),   CAPABILITY(AUDIT_READ),   CAPABILITY(AUDIT_WRITE),
    CAPABILITY(BLOCK_SUSPEND),   CAPABILITY(BPF),          CAPABILITY(CHECKPOINT_RESTORE),
    CAPABILITY(CHOWN),           CAPABILITY(DAC_OVERRIDE), CAPABILITY(DAC_READ_SEARCH),
    CAPABILITY(FOWNER),          CAPABILITY(FSETID),       CAPABILITY(IPC_LOCK),
    CAPABILITY(IPC_OWNER),       CAPABILITY(KILL),         CAPABILITY(LEASE),
    CAPABILITY(LINUX_IMMUTABLE), CAPABILITY(MAC_ADMIN),    CAPABILITY(MAC_OVERRIDE),
    CAPABILITY(MKNOD),           CAPABILITY(NET_ADMIN),    CAPABILITY(NET_BIND_SERVICE),
    CAPABILITY(NET_BROADCAST),   CAPABILITY(NET_RAW),      CAPABILITY(PERFMON),
    CAPABILITY(SETFCAP),         CAPABILITY(SETGID),       CAPABILITY(SETPCAP),
    CAPABILITY(SETUID),          CAPABILITY(SYSLOG),       CAPABILITY(SYS_ADMIN),
    CAPABILITY(SYS_BOOT),        CAPABILITY(SYS_CHROOT),   CAPABILITY(SYS_MODULE),
    CAPABILITY(SYS_NICE),        CAPABILITY(SYS_PACCT),    CAPABILITY(SYS_PTRACE),
    CAPABILITY(SYS_RAWIO),       CAPABILITY(SYS_RESOURCE), CAPABILITY(SYS_TIME),
    CAPABILITY(SYS_TTY_CONFIG),  CAPABILITY(WAKE_ALARM),
};

enum { DEFAULTS = sizeof defaults / sizeof defaults[0], ALL = sizeof all / sizeof all[0] };

/* Append what of base is not in drop. */
static size_t keep(struct member *members, const struct member *base, size_t count,
                   const struct node *drop)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        if (node_count(drop) == 0 || !node_get(drop, base[i].key))
            members[kept++] = base[i];
    return kept;
}

/* Source: moby oci/caps/utils.go, TweakCapabilities: with "ALL" added, all but those dropped by
 * name; with "ALL" dropped, those added; else the defaults but those dropped, and those added.
 * A privileged container has all, which is as if nothing but "ALL" was said. */
static void set_effective(struct view *view, const struct node *add, const struct node *drop,
                          const struct node *privileged, struct node *ret)
{
    bool add_all = node_bool(privileged) || node_get(add, STR("ALL"));
    bool drop_all = !add_all && node_get(drop, STR("ALL"));
    size_t added = add_all ? 0 : node_count(add);
    struct member *members = view_map(view, added + (add_all ? ALL : DEFAULTS), ret);
    size_t count = 0;

    if (!members)
        return;
    if (add_all)
        count = keep(members, all, ALL, node_bool(privileged) ? NULL : drop);
    else if (!drop_all)
        count = keep(members, defaults, DEFAULTS, drop);
    if (added)
        memcpy(members + count, add->fields.members, added * sizeof *members);
    ret->fields.count = count + added;
    if (added)
        view_unique(ret);
}

void view_container_caps(struct view *view, const struct node *add, const struct node *drop,
                         const struct node *exact, const struct node *privileged, struct node *ret)
{
    struct member *caps = VIEW_STRUCT(view, caps_shape, ret);
    struct node *added = &caps[CAPS_ADD].value;
    struct node *dropped = &caps[CAPS_DROP].value;

    view_parts_capabilities(view, add, added);
    view_parts_capabilities(view, drop, dropped);
    caps[CAPS_DROPS_ALL].value = view_bool(node_get(dropped, STR("ALL")) != NULL);
    set_effective(view, added, dropped, privileged, &caps[CAPS_EFFECTIVE].value);
    if (exact) {
        caps[CAPS_EXACT].value.type = NODE_MAP;
        view_parts_capabilities(view, exact, &caps[CAPS_EXACT].value);
    }
}
