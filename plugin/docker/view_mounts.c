#include "docker/view_mounts.h"

#include "docker/bind_spec.h"
#include "docker/mount_options.h"
#include "docker/path_clean.h"
#include "docker/size_text.h"
#include "docker/view_mounts_item.h"

static void set_target(struct view *view, struct member *mount, struct str target)
{
    mount[MOUNT_TARGET].value = view_string(view_clean(view, target));
}

static void add_bind(struct view *view, struct str text, struct str volume_driver, struct str via,
                     struct node *ret)
{
    struct bind_spec spec = bind_spec_parse(text);
    struct member *mount = view_mounts_item(view, via, ret);

    if (spec.kind == BIND_PATH) {
        mount[MOUNT_KIND].value = view_string(STR("bind"));
        mount[MOUNT_SOURCE].value = view_string(view_clean(view, spec.source));
    } else {
        view_mounts_item_volume(view, mount, volume_driver, NULL);
        mount[MOUNT_SOURCE].value = view_text(spec.source);
    }
    set_target(view, mount, spec.target);
    mount[MOUNT_RAW].value = view_string(text);
    mount[MOUNT_NOCOPY].value = view_bool(spec.nocopy);
    mount[MOUNT_READONLY].value = view_bool(spec.readonly);
    mount[MOUNT_PROPAGATION].value = view_text(spec.propagation);
    mount[MOUNT_RELABEL].value = view_text(spec.relabel);
    mount[MOUNT_VALID].value = view_bool(spec.valid);
}

/* mount.Mount of HostConfig.Mounts and of a service. */
enum mount_input {
    INPUT_BIND_OPTIONS,
    INPUT_IMAGE_OPTIONS,
    INPUT_READ_ONLY,
    INPUT_SOURCE,
    INPUT_TARGET,
    INPUT_TMPFS_OPTIONS,
    INPUT_TYPE,
    INPUT_VOLUME_OPTIONS,
    INPUTS,
};

static const struct str input_names[INPUTS] = {
    [INPUT_BIND_OPTIONS] = VIEW_NAME("BindOptions"),
    [INPUT_IMAGE_OPTIONS] = VIEW_NAME("ImageOptions"),
    [INPUT_READ_ONLY] = VIEW_NAME("ReadOnly"),
    [INPUT_SOURCE] = VIEW_NAME("Source"),
    [INPUT_TARGET] = VIEW_NAME("Target"),
    [INPUT_TMPFS_OPTIONS] = VIEW_NAME("TmpfsOptions"),
    [INPUT_TYPE] = VIEW_NAME("Type"),
    [INPUT_VOLUME_OPTIONS] = VIEW_NAME("VolumeOptions"),
};

static void set_subpath(struct member *mount, const struct node *options)
{
    struct str subpath = node_string(node_get(options, STR("Subpath")));

    mount[MOUNT_SUBPATH].value = view_text(subpath);
    /* The engine takes a subpath from the volume's root, whatever it starts with. */
    while (path_clean_is_absolute(subpath))
        subpath = str_skip(subpath, 1);
    mount[MOUNT_CLIMBS].value = view_bool(path_clean_climbs(subpath));
}

static void fill_volume(struct view *view, struct member *mount, struct str source,
                        const struct node *options)
{
    const struct node *driver = node_get(options, STR("DriverConfig"));

    mount[MOUNT_SOURCE].value = view_text(source);
    mount[MOUNT_NOCOPY].value = view_bool(node_bool(node_get(options, STR("NoCopy"))));
    set_subpath(mount, options);
    view_mounts_item_volume(view, mount, node_string(node_get(driver, STR("Name"))),
                            node_get(driver, STR("Options")));
}

static void fill_by_type(struct view *view, struct member *mount, const struct node *in[INPUTS])
{
    struct str type = node_string(in[INPUT_TYPE]);
    struct str source = node_string(in[INPUT_SOURCE]);

    if (str_eq(type, STR("volume"))) {
        fill_volume(view, mount, source, in[INPUT_VOLUME_OPTIONS]);
        return;
    }
    mount[MOUNT_SOURCE].value = view_text(source);
    mount[MOUNT_KIND].value = view_string(type);
    if (str_eq(type, STR("bind"))) {
        mount[MOUNT_SOURCE].value = view_string(view_clean(view, source));
        mount[MOUNT_PROPAGATION].value =
            view_text(node_string(node_get(in[INPUT_BIND_OPTIONS], STR("Propagation"))));
    } else if (str_eq(type, STR("tmpfs"))) {
        mount[MOUNT_SIZE].value =
            view_above_zero(node_get(in[INPUT_TMPFS_OPTIONS], STR("SizeBytes")));
    } else if (str_eq(type, STR("image"))) {
        /* Whatever is asked for. Source: moby daemon/volumes.go, registerMountPoints. */
        mount[MOUNT_READONLY].value = view_bool(true);
        set_subpath(mount, in[INPUT_IMAGE_OPTIONS]);
    } else if (!str_eq(type, STR("cluster"))) {
        mount[MOUNT_KIND].value = view_string(STR("unknown"));
        mount[MOUNT_RAW].value = view_string(type);
        mount[MOUNT_VALID].value = view_bool(false);
    }
}

static void add_mount(struct view *view, const struct node *input, struct str via, struct node *ret)
{
    const struct node *in[INPUTS];
    struct member *mount = view_mounts_item(view, via, ret);

    view_pick(input, input_names, INPUTS, in);
    mount[MOUNT_READONLY].value = view_bool(node_bool(in[INPUT_READ_ONLY]));
    set_target(view, mount, node_string(in[INPUT_TARGET]));
    fill_by_type(view, mount, in);
}

/* "container[:mode]" */
static void add_volumes_from(struct view *view, struct str text, struct str via, struct node *ret)
{
    struct member *mount = view_mounts_item(view, via, ret);
    size_t colon = str_find(text, ':');

    mount[MOUNT_KIND].value = view_string(STR("volumes-from"));
    mount[MOUNT_SOURCE].value = view_string(str_take(text, colon));
    mount[MOUNT_READONLY].value =
        view_bool(mount_options_parse(str_skip(text, colon + 1)).readonly);
    mount[MOUNT_RAW].value = view_string(text);
}

static void add_tmpfs(struct view *view, const struct member *entry, struct str via,
                      struct node *ret)
{
    struct member *mount = view_mounts_item(view, via, ret);
    struct str text = node_string(&entry->value);
    struct mount_options options = mount_options_parse(text);
    int64_t bytes;

    mount[MOUNT_KIND].value = view_string(STR("tmpfs"));
    mount[MOUNT_READONLY].value = view_bool(options.readonly);
    mount[MOUNT_RAW].value = view_string(text);
    set_target(view, mount, entry->key);
    if (size_text_tmpfs(options.size, &bytes))
        mount[MOUNT_SIZE].value = view_int(bytes);
}

static void add_anonymous(struct view *view, struct str target, struct str volume_driver,
                          struct str via, struct node *ret)
{
    struct member *mount = view_mounts_item(view, via, ret);

    view_mounts_item_volume(view, mount, volume_driver, NULL);
    set_target(view, mount, target);
}

/* `Volumes["/data"]` */
static struct str via_key(struct view *view, struct str base, struct str key)
{
    return view_join(view, view_join(view, base, STR("[\"")), view_join(view, key, STR("\"]")));
}

void view_mounts_create(struct view *view, const struct node *const config[CONFIG_FIELDS],
                        const struct node *const host[HOST_FIELDS], struct node *ret)
{
    const struct node *binds = host[HOST_BINDS];
    const struct node *mounts = host[HOST_MOUNTS];
    const struct node *from = host[HOST_VOLUMES_FROM];
    const struct node *tmpfs = host[HOST_TMPFS];
    const struct node *volumes = config[CONFIG_VOLUMES];
    struct str driver = node_string(host[HOST_VOLUME_DRIVER]);
    size_t count = node_count(binds) + node_count(mounts) + node_count(from) + node_count(tmpfs) +
                   node_count(volumes);
    struct node *item = view_list(view, count, ret);

    if (!item)
        return;
    for (size_t i = 0; i < node_count(binds); i++)
        add_bind(view, node_string(node_item(binds, i)), driver,
                 view_at(view, STR("HostConfig.Binds"), i), item++);
    for (size_t i = 0; i < node_count(mounts); i++)
        add_mount(view, node_item(mounts, i), view_at(view, STR("HostConfig.Mounts"), i), item++);
    for (size_t i = 0; i < node_count(from); i++)
        add_volumes_from(view, node_string(node_item(from, i)),
                         view_at(view, STR("HostConfig.VolumesFrom"), i), item++);
    for (size_t i = 0; i < node_count(tmpfs); i++)
        add_tmpfs(view, &tmpfs->fields.members[i],
                  via_key(view, STR("HostConfig.Tmpfs"), tmpfs->fields.members[i].key), item++);
    for (size_t i = 0; i < node_count(volumes); i++)
        add_anonymous(view, volumes->fields.members[i].key, driver,
                      via_key(view, STR("Volumes"), volumes->fields.members[i].key), item++);
}

void view_mounts_service(struct view *view, const struct node *const spec[SPEC_FIELDS],
                         struct node *ret)
{
    const struct node *mounts = spec[SPEC_MOUNTS];
    struct node *item = view_list(view, node_count(mounts), ret);

    for (size_t i = 0; item && i < node_count(mounts); i++)
        add_mount(view, node_item(mounts, i),
                  view_at(view, STR("TaskTemplate.ContainerSpec.Mounts"), i), item++);
}

void view_mounts_volume(struct view *view, struct str name, struct str driver,
                        const struct node *options, struct node *ret)
{
    struct node *item = view_list(view, 1, ret);
    struct member *mount;

    if (!item)
        return;
    mount = view_mounts_item(view, STR("DriverOpts"), item);
    mount[MOUNT_SOURCE].value = view_text(name);
    view_mounts_item_volume(view, mount, driver, options);
}

void view_mounts_checkpoint(struct view *view, struct str dir, struct str via, struct node *ret)
{
    struct node *item = view_list(view, dir.len ? 1 : 0, ret);
    struct member *mount;

    if (!item || dir.len == 0)
        return;
    mount = view_mounts_item(view, via, item);
    mount[MOUNT_KIND].value = view_string(STR("bind"));
    mount[MOUNT_SOURCE].value = view_string(view_clean(view, dir));
    mount[MOUNT_RAW].value = view_string(dir);
}

/* The engine joins the directory and the name, which it checks only when it makes a checkpoint.
 * Source: moby daemon/checkpoint.go, getCheckpointDir. */
void view_mounts_restore(struct view *view, struct node *ret)
{
    const struct query *query = &view->request->line.query;
    struct str dir = query_first(query, STR("checkpoint-dir"));
    struct str name = query_first(query, STR("checkpoint"));

    if (str_find(name, '/') == name.len && !str_eq(name, STR(".."))) {
        view_mounts_checkpoint(view, dir, STR("checkpoint-dir"), ret);
        return;
    }
    if (dir.len)
        name = view_join(view, view_join(view, dir, STR("/")), name);
    view_mounts_checkpoint(view, name, STR("checkpoint"), ret);
}
