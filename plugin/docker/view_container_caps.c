#include "docker/view_container_shape.h"
#include "docker/view_parts.h"
#include "docker/word_list.h"

enum { CAPS_ADD, CAPS_DROP, CAPS_DROPS_ALL, CAPS_EFFECTIVE, CAPS_EXACT };

static const struct member caps_shape[] = {
    [CAPS_ADD] = VIEW_FIELD("add", NODE_MAP),
    [CAPS_DROP] = VIEW_FIELD("drop", NODE_MAP),
    [CAPS_DROPS_ALL] = VIEW_FIELD("drops_all", NODE_BOOL),
    [CAPS_EFFECTIVE] = VIEW_FIELD("effective", NODE_MAP),
    [CAPS_EXACT] = VIEW_FIELD("exact", NODE_NULL),
};

/* A name, and whether containers have it without asking. Source: moby oci/caps/defaults.go and
 * capabilities(7). Sorted. */
static const struct {
    struct str name;
    bool by_default;
} capabilities[] = {
#define CAP(name, by_default)                                                                      \
    {                                                                                              \
        {#name, sizeof #name - 1}, by_default                                                      \
    }
    CAP(AUDIT_CONTROL, false),
    CAP(AUDIT_READ, false),
    CAP(AUDIT_WRITE, true),
    CAP(BLOCK_SUSPEND, false),
    CAP(BPF, false),
    CAP(CHECKPOINT_RESTORE, false),
    CAP(CHOWN, true),
    CAP(DAC_OVERRIDE, true),
    CAP(DAC_READ_SEARCH, false),
    CAP(FOWNER, true),
    CAP(FSETID, true),
    CAP(IPC_LOCK, false),
    CAP(IPC_OWNER, false),
    CAP(KILL, true),
    CAP(LEASE, false),
    CAP(LINUX_IMMUTABLE, false),
    CAP(MAC_ADMIN, false),
    CAP(MAC_OVERRIDE, false),
    CAP(MKNOD, true),
    CAP(NET_ADMIN, false),
    CAP(NET_BIND_SERVICE, true),
    CAP(NET_BROADCAST, false),
    CAP(NET_RAW, true),
    CAP(PERFMON, false),
    CAP(SETFCAP, true),
    CAP(SETGID, true),
    CAP(SETPCAP, true),
    CAP(SETUID, true),
    CAP(SYSLOG, false),
    CAP(SYS_ADMIN, false),
    CAP(SYS_BOOT, false),
    CAP(SYS_CHROOT, true),
    CAP(SYS_MODULE, false),
    CAP(SYS_NICE, false),
    CAP(SYS_PACCT, false),
    CAP(SYS_PTRACE, false),
    CAP(SYS_RAWIO, false),
    CAP(SYS_RESOURCE, false),
    CAP(SYS_TIME, false),
    CAP(SYS_TTY_CONFIG, false),
    CAP(WAKE_ALARM, false),
#undef CAP
};

enum { CAPABILITIES = sizeof capabilities / sizeof capabilities[0] };

/* Source: moby oci/caps/utils.go, TweakCapabilities: "ALL" on one side leaves only the names of the
 * other side to look at; a name that is added wins over the same name dropped when all are. */
static bool is_effective(size_t i, const struct node *add, const struct node *drop)
{
    struct str name = capabilities[i].name;

    if (node_get(add, STR("ALL")))
        return !node_get(drop, name);
    if (node_get(drop, STR("ALL")))
        return node_get(add, name) != NULL;
    if (node_get(add, name))
        return true;
    return capabilities[i].by_default && !node_get(drop, name);
}

static void set_effective(struct view *view, const struct node *add, const struct node *drop,
                          struct node *ret)
{
    struct member *members = view_map(view, CAPABILITIES, ret);
    size_t count = 0;

    for (size_t i = 0; members && i < CAPABILITIES; i++)
        if (is_effective(i, add, drop))
            members[count++] = (struct member){capabilities[i].name, view_bool(true)};
    ret->fields.count = count;
}

void view_container_caps(struct view *view, const struct node *add, const struct node *drop,
                         const struct node *exact, struct node *ret)
{
    struct member *caps = VIEW_STRUCT(view, caps_shape, ret);
    struct node *added = &caps[CAPS_ADD].value;
    struct node *dropped = &caps[CAPS_DROP].value;

    view_parts_capabilities(view, add, added);
    view_parts_capabilities(view, drop, dropped);
    caps[CAPS_DROPS_ALL].value = view_bool(node_get(dropped, STR("ALL")) != NULL);
    set_effective(view, added, dropped, &caps[CAPS_EFFECTIVE].value);
    if (exact) {
        caps[CAPS_EXACT].value.type = NODE_MAP;
        view_parts_capabilities(view, exact, &caps[CAPS_EXACT].value);
    }
}
