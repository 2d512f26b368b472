#include "docker/view_devices.h"

#include "docker/path_clean.h"
#include "docker/word_list.h"

enum {
    DEVICE_CONTAINER_PATH,
    DEVICE_DIRECTORY,
    DEVICE_PATH,
    DEVICE_PERMISSIONS,
    DEVICE_RAW,
    DEVICE_RELATIVE,
    DEVICE_VIA
};

static const struct member device_shape[] = {
    [DEVICE_CONTAINER_PATH] = VIEW_FIELD("container_path", NODE_NULL),
    [DEVICE_DIRECTORY] = VIEW_FIELD("directory", NODE_BOOL),
    [DEVICE_PATH] = VIEW_FIELD("path", NODE_NULL),
    [DEVICE_PERMISSIONS] = VIEW_FIELD("permissions", NODE_NULL),
    [DEVICE_RAW] = VIEW_FIELD("raw", NODE_NULL),
    [DEVICE_RELATIVE] = VIEW_FIELD("relative", NODE_BOOL),
    [DEVICE_VIA] = VIEW_FIELD("via", NODE_NULL),
};

/* What is a directory by its spelling, or on every Linux host. Others cannot be told from here. */
static bool is_directory(struct str raw, struct str clean)
{
    const struct str known[] = {STR("/"),          STR("/dev"),        STR("/dev/block"),
                                STR("/dev/bus"),   STR("/dev/char"),   STR("/dev/cpu"),
                                STR("/dev/disk"),  STR("/dev/dri"),    STR("/dev/fd"),
                                STR("/dev/input"), STR("/dev/mapper"), STR("/dev/mqueue"),
                                STR("/dev/net"),   STR("/dev/pts"),    STR("/dev/shm"),
                                STR("/dev/snd"),   STR("/dev/vfio"),   STR("/dev/bus/usb")};

    return str_ends(raw, STR("/")) || str_ends(raw, STR("/.")) || str_ends(raw, STR("/..")) ||
           !str_starts(clean, STR("/dev/")) || WORD_LIST_HAS(known, clean);
}

void view_devices(struct view *view, const struct node *devices, struct str base, struct node *ret)
{
    size_t count = node_count(devices);
    struct node *item = count ? view_list(view, count, ret) : NULL;

    for (size_t i = 0; item && i < count; i++, item++) {
        const struct node *input = node_item(devices, i);
        struct member *device = VIEW_STRUCT(view, device_shape, item);
        struct str raw = node_string(node_get(input, STR("PathOnHost")));
        struct str clean = view_clean(view, raw);

        device[DEVICE_RAW].value = view_string(raw);
        device[DEVICE_PATH].value = view_string(clean);
        device[DEVICE_RELATIVE].value = view_bool(!path_clean_is_absolute(raw));
        device[DEVICE_DIRECTORY].value = view_bool(is_directory(raw, clean));
        device[DEVICE_CONTAINER_PATH].value =
            view_text(node_string(node_get(input, STR("PathInContainer"))));
        device[DEVICE_PERMISSIONS].value =
            view_text(node_string(node_get(input, STR("CgroupPermissions"))));
        device[DEVICE_VIA].value = view_string(view_at(view, base, i));
    }
}

enum {
    REQUEST_CAPABILITIES,
    REQUEST_CDI,
    REQUEST_COUNT,
    REQUEST_DRIVER,
    REQUEST_GPU,
    REQUEST_IDS,
    REQUEST_OPTIONS,
    REQUEST_VIA
};

static const struct member request_shape[] = {
    [REQUEST_CAPABILITIES] = VIEW_FIELD("capabilities", NODE_MAP),
    [REQUEST_CDI] = VIEW_FIELD("cdi", NODE_BOOL),
    [REQUEST_COUNT] = VIEW_FIELD("count", NODE_NULL),
    [REQUEST_DRIVER] = VIEW_FIELD("driver", NODE_NULL),
    [REQUEST_GPU] = VIEW_FIELD("gpu", NODE_BOOL),
    [REQUEST_IDS] = VIEW_FIELD("ids", NODE_LIST),
    [REQUEST_OPTIONS] = VIEW_FIELD("options", NODE_MAP),
    [REQUEST_VIA] = VIEW_FIELD("via", NODE_NULL),
};

/* Capabilities are alternatives of lists ([["gpu","nvidia"]]): here the set of all of them. */
static void flatten(struct view *view, const struct node *alternatives, struct node *ret)
{
    size_t count = 0;
    struct member *member;

    for (size_t i = 0; i < node_count(alternatives); i++)
        count += node_count(node_item(alternatives, i));
    member = count ? view_map(view, count, ret) : NULL;
    if (!member)
        return;
    for (size_t i = 0; i < node_count(alternatives); i++)
        for (size_t j = 0; j < node_count(node_item(alternatives, i)); j++)
            *member++ = (struct member){node_string(node_item(node_item(alternatives, i), j)),
                                        view_bool(true)};
    view_unique(ret);
}

static bool is_gpu(struct str driver, const struct node *capabilities, const struct node *ids)
{
    if (str_eq(driver, STR("nvidia")) || node_get(capabilities, STR("gpu")))
        return true;
    for (size_t i = 0; i < node_count(ids); i++) {
        struct str id = node_string(node_item(ids, i));

        if (str_ends(str_take(id, str_find(id, '=')), STR("/gpu")))
            return true;
    }
    return false;
}

void view_devices_requests(struct view *view, const struct node *requests, struct str base,
                           struct node *ret)
{
    size_t count = node_count(requests);
    struct node *item = count ? view_list(view, count, ret) : NULL;

    for (size_t i = 0; item && i < count; i++, item++) {
        const struct node *input = node_item(requests, i);
        struct member *request = VIEW_STRUCT(view, request_shape, item);
        struct str driver = node_string(node_get(input, STR("Driver")));
        const struct node *ids = node_get(input, STR("DeviceIDs"));

        flatten(view, node_get(input, STR("Capabilities")), &request[REQUEST_CAPABILITIES].value);
        request[REQUEST_CDI].value = view_bool(str_eq(driver, STR("cdi")));
        request[REQUEST_COUNT].value = view_int(node_int(node_get(input, STR("Count"))));
        request[REQUEST_DRIVER].value = view_text(driver);
        request[REQUEST_GPU].value =
            view_bool(is_gpu(driver, &request[REQUEST_CAPABILITIES].value, ids));
        request[REQUEST_IDS].value = view_share_list(ids);
        request[REQUEST_OPTIONS].value = view_share_map(node_get(input, STR("Options")));
        request[REQUEST_VIA].value = view_string(view_at(view, base, i));
    }
}
