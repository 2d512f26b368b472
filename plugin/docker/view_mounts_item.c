#include "docker/view_mounts_item.h"

#include "docker/mount_options.h"
#include "docker/path_clean.h"
#include "docker/word_list.h"

static const struct member shape[] = {
    [MOUNT_CLIMBS] = VIEW_FIELD("climbs", NODE_BOOL),
    [MOUNT_DRIVER] = VIEW_FIELD("driver", NODE_NULL),
    [MOUNT_FILESYSTEM] = VIEW_FIELD("filesystem", NODE_NULL),
    [MOUNT_KIND] = VIEW_FIELD("kind", NODE_NULL),
    [MOUNT_NETWORK] = VIEW_FIELD("network", NODE_BOOL),
    [MOUNT_NOCOPY] = VIEW_FIELD("nocopy", NODE_BOOL),
    [MOUNT_ODD_OPTIONS] = VIEW_FIELD("odd_options", NODE_LIST),
    [MOUNT_OPTIONS] = VIEW_FIELD("options", NODE_MAP),
    [MOUNT_PROPAGATION] = VIEW_FIELD("propagation", NODE_NULL),
    [MOUNT_RAW] = VIEW_FIELD("raw", NODE_NULL),
    [MOUNT_READONLY] = VIEW_FIELD("readonly", NODE_BOOL),
    [MOUNT_RELABEL] = VIEW_FIELD("relabel", NODE_NULL),
    [MOUNT_SIZE] = VIEW_FIELD("size", NODE_NULL),
    [MOUNT_SOURCE] = VIEW_FIELD("source", NODE_NULL),
    [MOUNT_SUBPATH] = VIEW_FIELD("subpath", NODE_NULL),
    [MOUNT_TARGET] = VIEW_FIELD("target", NODE_NULL),
    [MOUNT_VALID] = VIEW_FIELD("valid", NODE_BOOL),
    [MOUNT_VIA] = VIEW_FIELD("via", NODE_NULL),
};

struct member *view_mounts_item(struct view *view, struct str via, struct node *ret)
{
    struct member *mount = VIEW_STRUCT(view, shape, ret);

    mount[MOUNT_VALID].value = view_bool(true);
    mount[MOUNT_VIA].value = view_string(via);
    return mount;
}

/* "Device" for "device": the local driver refuses it, so nobody means well with it. */
static bool is_odd_option(struct str key)
{
    const struct str known[] = {STR("type"), STR("o"), STR("device"), STR("size")};
    char folded[8];

    if (WORD_LIST_HAS(known, key) || key.len > sizeof folded)
        return false;
    for (size_t i = 0; i < key.len; i++)
        folded[i] =
            key.ptr[i] >= 'A' && key.ptr[i] <= 'Z' ? (char)(key.ptr[i] + ('a' - 'A')) : key.ptr[i];
    return WORD_LIST_HAS(known, ((struct str){folded, key.len}));
}

static void list_odd_options(struct view *view, struct member *mount, const struct node *options)
{
    size_t count = 0;
    struct node *items;

    for (size_t i = 0; i < node_count(options); i++)
        count += is_odd_option(options->fields.members[i].key);
    if (count == 0)
        return;
    items = view_list(view, count, &mount[MOUNT_ODD_OPTIONS].value);
    for (size_t i = 0; items && i < options->fields.count; i++)
        if (is_odd_option(options->fields.members[i].key))
            *items++ = view_string(options->fields.members[i].key);
}

/* Source: moby volume/local/local_unix.go: `o` is split at commas and goes to mount(2) with device
 * and type. */
static void read_local_options(struct view *view, struct member *mount, const struct node *options)
{
    struct mount_options o = mount_options_parse(node_string(node_get(options, STR("o"))));
    struct str type = node_string(node_get(options, STR("type")));
    struct str device = node_string(node_get(options, STR("device")));
    bool network = mount_options_is_network_type(type);

    mount[MOUNT_FILESYSTEM].value = view_text(type);
    if (o.readonly)
        mount[MOUNT_READONLY].value = view_bool(true);
    if (o.propagation.len)
        mount[MOUNT_PROPAGATION].value = view_string(o.propagation);
    if (o.takes_path) {
        mount[MOUNT_KIND].value = view_string(STR("bind"));
        mount[MOUNT_SOURCE].value = view_string(view_clean(view, device));
    } else if (network) {
        mount[MOUNT_NETWORK].value = view_bool(true);
    } else if (device.len && !str_eq(type, STR("tmpfs"))) {
        mount[MOUNT_KIND].value = view_string(STR("device"));
        mount[MOUNT_SOURCE].value = view_string(view_clean(view, device));
    }
    list_odd_options(view, mount, options);
}

void view_mounts_item_volume(struct view *view, struct member *mount, struct str driver,
                             const struct node *options)
{
    mount[MOUNT_KIND].value = view_string(STR("volume"));
    mount[MOUNT_DRIVER].value = view_string(driver.len ? driver : STR("local"));
    mount[MOUNT_OPTIONS].value = view_share_map(options);
    if (node_count(options) > 0 && (driver.len == 0 || str_eq(driver, STR("local"))))
        read_local_options(view, mount, options);
}
