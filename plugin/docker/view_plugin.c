#include "docker/view_parts.h"
#include "docker/view_topics.h"

enum plugin_field {
    PLUGIN_FORCE,
    PLUGIN_NAME,
    PLUGIN_PRIVILEGES,
    PLUGIN_REFERENCE,
    PLUGIN_REMOTE,
    PLUGIN_SETTINGS,
};

static const struct member plugin_shape[] = {
    [PLUGIN_FORCE] = VIEW_FIELD("force", NODE_BOOL),
    [PLUGIN_NAME] = VIEW_FIELD("name", NODE_NULL),
    [PLUGIN_PRIVILEGES] = VIEW_FIELD("privileges", NODE_LIST),
    [PLUGIN_REFERENCE] = VIEW_FIELD("reference", NODE_NULL),
    [PLUGIN_REMOTE] = VIEW_FIELD("remote", NODE_NULL),
    [PLUGIN_SETTINGS] = VIEW_FIELD("settings", NODE_LIST),
};

enum { PRIVILEGE_DESCRIPTION, PRIVILEGE_NAME, PRIVILEGE_VALUE };

static const struct member privilege_shape[] = {
    [PRIVILEGE_DESCRIPTION] = VIEW_FIELD("description", NODE_NULL),
    [PRIVILEGE_NAME] = VIEW_FIELD("name", NODE_NULL),
    [PRIVILEGE_VALUE] = VIEW_FIELD("value", NODE_LIST),
};

static void list_privileges(struct view *view, const struct node *list, struct node *ret)
{
    size_t count = node_count(list);
    struct node *item = count ? view_list(view, count, ret) : NULL;

    for (size_t i = 0; item && i < count; i++, item++) {
        const struct node *input = node_item(list, i);
        struct member *privilege = VIEW_STRUCT(view, privilege_shape, item);

        privilege[PRIVILEGE_DESCRIPTION].value =
            view_text(node_string(node_get(input, STR("Description"))));
        privilege[PRIVILEGE_NAME].value = view_string(node_string(node_get(input, STR("Name"))));
        privilege[PRIVILEGE_VALUE].value = view_share_list(node_get(input, STR("Value")));
    }
}

void view_plugin(struct view *view, struct node *ret)
{
    const struct request *request = view->request;
    const struct query *query = &request->line.query;
    struct str remote = query_first(query, STR("remote"));
    struct str name = request->target;
    struct member *plugin = VIEW_STRUCT(view, plugin_shape, ret);

    if (name.len == 0)
        name = query_first(query, STR("name"));
    /* A pull without a name takes that of what it pulls. */
    if (name.len == 0)
        name = remote;
    plugin[PLUGIN_FORCE].value = view_bool(query_bool(query, STR("force")));
    plugin[PLUGIN_NAME].value = view_string(name);
    if (name.len)
        view_parts_image(view, name, STR("name"), &plugin[PLUGIN_REFERENCE].value);
    if (remote.len)
        view_parts_image(view, remote, STR("remote"), &plugin[PLUGIN_REMOTE].value);
    if (request->route->action == ACTION_PLUGIN_SET)
        plugin[PLUGIN_SETTINGS].value = view_share_list(&request->body);
    else
        list_privileges(view, &request->body, &plugin[PLUGIN_PRIVILEGES].value);
}
