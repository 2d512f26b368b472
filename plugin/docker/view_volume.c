#include "docker/view_topics.h"

enum { VOLUME_CLUSTER, VOLUME_DRIVER, VOLUME_LABELS, VOLUME_NAME, VOLUME_OPTIONS };

static const struct member volume_shape[] = {
    [VOLUME_CLUSTER] = VIEW_FIELD("cluster", NODE_BOOL),
    [VOLUME_DRIVER] = VIEW_FIELD("driver", NODE_NULL),
    [VOLUME_LABELS] = VIEW_FIELD("labels", NODE_MAP),
    [VOLUME_NAME] = VIEW_FIELD("name", NODE_NULL),
    [VOLUME_OPTIONS] = VIEW_FIELD("options", NODE_MAP),
};

void view_volume_create(struct view *view, struct node *ret)
{
    const struct node *body = &view->request->body;
    const struct node *cluster = node_get(body, STR("ClusterVolumeSpec"));
    struct str driver = node_string(node_get(body, STR("Driver")));
    struct member *volume = VIEW_STRUCT(view, volume_shape, ret);

    volume[VOLUME_CLUSTER].value = view_bool(cluster && cluster->type != NODE_NULL);
    volume[VOLUME_DRIVER].value = view_string(driver.len ? driver : STR("local"));
    volume[VOLUME_LABELS].value = view_share_map(node_get(body, STR("Labels")));
    volume[VOLUME_NAME].value = view_text(node_string(node_get(body, STR("Name"))));
    volume[VOLUME_OPTIONS].value = view_share_map(node_get(body, STR("DriverOpts")));
}

/* Only cluster volumes can be updated. */
void view_volume_update(struct view *view, struct node *ret)
{
    struct member *volume = VIEW_STRUCT(view, volume_shape, ret);

    volume[VOLUME_CLUSTER].value = view_bool(true);
    volume[VOLUME_NAME].value = view_text(view->request->target);
}
