#include "docker/view_parts.h"

#include "docker/capability.h"
#include "docker/user_spec.h"

enum { USER_GID, USER_GROUP, USER_NAME, USER_NUMERIC, USER_RAW, USER_ROOT, USER_UID };

static const struct member user_shape[] = {
    [USER_GID] = VIEW_FIELD("gid", NODE_NULL),   [USER_GROUP] = VIEW_FIELD("group", NODE_NULL),
    [USER_NAME] = VIEW_FIELD("name", NODE_NULL), [USER_NUMERIC] = VIEW_FIELD("numeric", NODE_BOOL),
    [USER_RAW] = VIEW_FIELD("raw", NODE_NULL),   [USER_ROOT] = VIEW_FIELD("root", NODE_NULL),
    [USER_UID] = VIEW_FIELD("uid", NODE_NULL),
};

void view_parts_user(struct view *view, struct str text, struct node *ret)
{
    struct user_spec spec = user_spec_parse(text);
    struct member *user = VIEW_STRUCT(view, user_shape, ret);

    user[USER_RAW].value = view_string(text);
    user[USER_NUMERIC].value = view_bool(spec.numeric);
    if (spec.numeric)
        user[USER_UID].value = view_int(spec.uid);
    else
        user[USER_NAME].value = view_text(spec.user);
    if (spec.group_numeric)
        user[USER_GID].value = view_int(spec.gid);
    else
        user[USER_GROUP].value = view_text(spec.group);
    if (spec.root != USER_ROOT_UNKNOWN)
        user[USER_ROOT].value = view_bool(spec.root == USER_ROOT_YES);
}

enum { ENV_NAME, ENV_VALUE, ENV_VIA };

static const struct member env_shape[] = {
    [ENV_NAME] = VIEW_FIELD("name", NODE_NULL),
    [ENV_VALUE] = VIEW_FIELD("value", NODE_NULL),
    [ENV_VIA] = VIEW_FIELD("via", NODE_NULL),
};

void view_parts_env(struct view *view, const struct node *env, struct str base,
                    struct node *ret_map, struct node *ret_list)
{
    size_t count = node_count(env);
    struct node *item = count ? view_list(view, count, ret_list) : NULL;
    struct member *member = count ? view_map(view, count, ret_map) : NULL;

    if (!item || !member)
        return;
    for (size_t i = 0; i < count; i++, item++, member++) {
        struct str text = node_string(node_item(env, i));
        size_t equals = str_find(text, '=');
        struct str name = str_take(text, equals);
        struct str value = str_skip(text, equals + 1);
        struct member *one = VIEW_STRUCT(view, env_shape, item);

        member->key = name;
        member->value = view_string(value);
        one[ENV_NAME].value = view_string(name);
        if (equals < text.len)
            one[ENV_VALUE].value = view_string(value);
        one[ENV_VIA].value = view_string(view_at(view, base, i));
    }
    view_unique(ret_map);
}

void view_parts_capabilities(struct view *view, const struct node *list, struct node *ret)
{
    size_t count = node_count(list);
    struct member *member = count ? view_map(view, count, ret) : NULL;

    if (!member)
        return;
    for (size_t i = 0; i < count; i++, member++) {
        member->key = capability_name(view->arena, node_string(node_item(list, i)));
        member->value = view_bool(true);
        if (!member->key.ptr)
            view->failed = true;
    }
    view_unique(ret);
}

void view_parts_values(struct view *view, struct str name, struct node *ret)
{
    const struct query *query = &view->request->line.query;
    size_t count = query_count(query, name);
    struct node *item = count ? view_list(view, count, ret) : NULL;
    struct str value;

    for (size_t at = 0; item && query_next(query, name, &at, &value);)
        *item++ = view_string(value);
}

enum { LOG_DRIVER, LOG_OPTIONS };

static const struct member log_shape[] = {
    [LOG_DRIVER] = VIEW_FIELD("driver", NODE_NULL),
    [LOG_OPTIONS] = VIEW_FIELD("options", NODE_MAP),
};

void view_parts_log(struct view *view, const struct node *config, struct str driver_key,
                    struct str options_key, struct node *ret)
{
    struct member *log = VIEW_STRUCT(view, log_shape, ret);

    log[LOG_DRIVER].value = view_text(node_string(node_get(config, driver_key)));
    log[LOG_OPTIONS].value = view_share_map(node_get(config, options_key));
}
