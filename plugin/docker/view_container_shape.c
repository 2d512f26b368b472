#include "docker/view_container_shape.h"

#include "docker/number.h"
#include "docker/size_text.h"
#include "docker/view_parts.h"

const struct member view_container_shape[CONTAINER_FIELDS] = {
    [CONTAINER_ANNOTATIONS] = VIEW_FIELD("annotations", NODE_MAP),
    [CONTAINER_AUTO_REMOVE] = VIEW_FIELD("auto_remove", NODE_BOOL),
    [CONTAINER_CAPS] = VIEW_FIELD("caps", NODE_NULL),
    [CONTAINER_CGROUP_PARENT] = VIEW_FIELD("cgroup_parent", NODE_NULL),
    [CONTAINER_CMD] = VIEW_FIELD("cmd", NODE_LIST),
    [CONTAINER_CONFIGS] = VIEW_FIELD("configs", NODE_LIST),
    [CONTAINER_DEVICE_REQUESTS] = VIEW_FIELD("device_requests", NODE_LIST),
    [CONTAINER_DEVICE_RULES] = VIEW_FIELD("device_rules", NODE_LIST),
    [CONTAINER_DEVICES] = VIEW_FIELD("devices", NODE_LIST),
    [CONTAINER_DNS] = VIEW_FIELD("dns", NODE_LIST),
    [CONTAINER_DOMAINNAME] = VIEW_FIELD("domainname", NODE_NULL),
    [CONTAINER_ENTRYPOINT] = VIEW_FIELD("entrypoint", NODE_LIST),
    [CONTAINER_ENV] = VIEW_FIELD("env", NODE_MAP),
    [CONTAINER_ENV_LIST] = VIEW_FIELD("env_list", NODE_LIST),
    [CONTAINER_EXPOSED] = VIEW_FIELD("exposed", NODE_LIST),
    [CONTAINER_EXTRA_HOSTS] = VIEW_FIELD("extra_hosts", NODE_LIST),
    [CONTAINER_GPUS] = VIEW_FIELD("gpus", NODE_BOOL),
    [CONTAINER_GROUPS] = VIEW_FIELD("groups", NODE_LIST),
    [CONTAINER_HEALTH] = VIEW_FIELD("health", NODE_NULL),
    [CONTAINER_HOSTNAME] = VIEW_FIELD("hostname", NODE_NULL),
    [CONTAINER_IMAGE] = VIEW_FIELD("image", NODE_NULL),
    [CONTAINER_INIT] = VIEW_FIELD("init", NODE_NULL),
    [CONTAINER_ISOLATION] = VIEW_FIELD("isolation", NODE_NULL),
    [CONTAINER_LABELS] = VIEW_FIELD("labels", NODE_MAP),
    [CONTAINER_LIMITS] = VIEW_FIELD("limits", NODE_NULL),
    [CONTAINER_LINKS] = VIEW_FIELD("links", NODE_LIST),
    [CONTAINER_LOG] = VIEW_FIELD("log", NODE_NULL),
    [CONTAINER_NAME] = VIEW_FIELD("name", NODE_NULL),
    [CONTAINER_NAMESPACES] = VIEW_FIELD("namespaces", NODE_NULL),
    [CONTAINER_NETWORKS] = VIEW_FIELD("networks", NODE_MAP),
    [CONTAINER_PLATFORM] = VIEW_FIELD("platform", NODE_NULL),
    [CONTAINER_PORTS] = VIEW_FIELD("ports", NODE_LIST),
    [CONTAINER_PRIVILEGED] = VIEW_FIELD("privileged", NODE_BOOL),
    [CONTAINER_PUBLISH_ALL] = VIEW_FIELD("publish_all", NODE_BOOL),
    [CONTAINER_READONLY_ROOTFS] = VIEW_FIELD("readonly_rootfs", NODE_BOOL),
    [CONTAINER_RESTART] = VIEW_FIELD("restart", NODE_NULL),
    [CONTAINER_RUNTIME] = VIEW_FIELD("runtime", NODE_NULL),
    [CONTAINER_SECRETS] = VIEW_FIELD("secrets", NODE_LIST),
    [CONTAINER_SECURITY] = VIEW_FIELD("security", NODE_NULL),
    [CONTAINER_STDIN] = VIEW_FIELD("stdin", NODE_BOOL),
    [CONTAINER_STOP_SIGNAL] = VIEW_FIELD("stop_signal", NODE_NULL),
    [CONTAINER_STORAGE] = VIEW_FIELD("storage", NODE_NULL),
    [CONTAINER_SYSCTLS] = VIEW_FIELD("sysctls", NODE_MAP),
    [CONTAINER_TTY] = VIEW_FIELD("tty", NODE_BOOL),
    [CONTAINER_USER] = VIEW_FIELD("user", NODE_NULL),
    [CONTAINER_VOLUME_DRIVER] = VIEW_FIELD("volume_driver", NODE_NULL),
    [CONTAINER_WORKING_DIR] = VIEW_FIELD("working_dir", NODE_NULL),
};

enum { GROUP_GID, GROUP_NAME, GROUP_RAW };

static const struct member group_shape[] = {
    [GROUP_GID] = VIEW_FIELD("gid", NODE_NULL),
    [GROUP_NAME] = VIEW_FIELD("name", NODE_NULL),
    [GROUP_RAW] = VIEW_FIELD("raw", NODE_NULL),
};

void view_container_groups(struct view *view, const struct node *groups, struct node *ret)
{
    size_t count = node_count(groups);
    struct node *item = count ? view_list(view, count, ret) : NULL;

    for (size_t i = 0; item && i < count; i++, item++) {
        struct str text = node_string(node_item(groups, i));
        struct member *group = VIEW_STRUCT(view, group_shape, item);
        int64_t gid;

        group[GROUP_RAW].value = view_string(text);
        if (number_signed(text, &gid))
            group[GROUP_GID].value = view_int(gid);
        else
            group[GROUP_NAME].value = view_string(text);
    }
}

enum { HEALTH_INTERVAL, HEALTH_KIND, HEALTH_RETRIES, HEALTH_TEST };

static const struct member health_shape[] = {
    [HEALTH_INTERVAL] = VIEW_FIELD("interval", NODE_NULL),
    [HEALTH_KIND] = VIEW_FIELD("kind", NODE_NULL),
    [HEALTH_RETRIES] = VIEW_FIELD("retries", NODE_NULL),
    [HEALTH_TEST] = VIEW_FIELD("test", NODE_LIST),
};

/* The first word of Test says what it is; without one the image's own check is kept. */
static struct str health_kind(const struct node *test)
{
    struct str first = node_count(test) ? node_string(node_item(test, 0)) : STR("");

    if (first.len == 0)
        return STR("inherit");
    return str_eq(first, STR("NONE")) ? STR("none") : STR("command");
}

void view_container_health(struct view *view, const struct node *health, struct node *ret)
{
    const struct node *test = node_get(health, STR("Test"));
    struct member *fields;

    if (!health)
        return;
    fields = VIEW_STRUCT(view, health_shape, ret);
    fields[HEALTH_KIND].value = view_string(health_kind(test));
    fields[HEALTH_TEST].value = view_share_list(test);
    fields[HEALTH_RETRIES].value = view_above_zero(node_get(health, STR("Retries")));
    if (node_int(node_get(health, STR("Interval"))) > 0)
        fields[HEALTH_INTERVAL].value =
            view_float((double)node_int(node_get(health, STR("Interval"))) / 1e9);
}

enum { STORAGE_OPTIONS, STORAGE_SIZE };

static const struct member storage_shape[] = {
    [STORAGE_OPTIONS] = VIEW_FIELD("options", NODE_MAP),
    [STORAGE_SIZE] = VIEW_FIELD("size", NODE_NULL),
};

void view_container_storage(struct view *view, const struct node *options, struct node *ret)
{
    struct member *storage = VIEW_STRUCT(view, storage_shape, ret);
    int64_t size;

    storage[STORAGE_OPTIONS].value = view_share_map(options);
    if (options && size_text_units(node_string(node_get(options, STR("size"))), &size) && size > 0)
        storage[STORAGE_SIZE].value = view_int(size);
}

static struct str dotted(struct view *view, struct str key)
{
    char *text;

    if (str_find(key, '/') == key.len)
        return key;
    text = arena_alloc(view->arena, key.len);
    if (!text) {
        view->failed = true;
        return key;
    }
    for (size_t i = 0; i < key.len; i++)
        text[i] = key.ptr[i] == '/' ? '.' : key.ptr[i];
    return (struct str){text, key.len};
}

void view_container_sysctls(struct view *view, const struct node *sysctls, struct node *ret)
{
    size_t count = node_count(sysctls);
    struct member *member = count ? view_map(view, count, ret) : NULL;

    if (!member)
        return;
    for (size_t i = 0; i < count; i++, member++) {
        member->key = dotted(view, sysctls->fields.members[i].key);
        member->value = sysctls->fields.members[i].value;
    }
    view_unique(ret);
}

enum { REFERENCE_ID, REFERENCE_NAME, REFERENCE_TARGET };

static const struct member reference_shape[] = {
    [REFERENCE_ID] = VIEW_FIELD("id", NODE_NULL),
    [REFERENCE_NAME] = VIEW_FIELD("name", NODE_NULL),
    [REFERENCE_TARGET] = VIEW_FIELD("target", NODE_NULL),
};

void view_container_references(struct view *view, const struct node *list, struct str id_key,
                               struct str name_key, struct node *ret)
{
    size_t count = node_count(list);
    struct node *item = count ? view_list(view, count, ret) : NULL;

    for (size_t i = 0; item && i < count; i++, item++) {
        const struct node *input = node_item(list, i);
        struct member *reference = VIEW_STRUCT(view, reference_shape, item);

        reference[REFERENCE_ID].value = view_text(node_string(node_get(input, id_key)));
        reference[REFERENCE_NAME].value = view_text(node_string(node_get(input, name_key)));
        reference[REFERENCE_TARGET].value =
            view_text(node_string(node_get(node_get(input, STR("File")), STR("Name"))));
    }
}

void view_container_keys(struct view *view, const struct node *map, struct node *ret)
{
    size_t count = node_count(map);
    struct node *item = count ? view_list(view, count, ret) : NULL;

    for (size_t i = 0; item && i < count; i++)
        item[i] = view_string(map->fields.members[i].key);
}
