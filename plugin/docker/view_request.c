#include "docker/view_topics.h"

enum { API_MAJOR, API_MINOR };

static const struct member api_shape[] = {
    [API_MAJOR] = VIEW_FIELD("major", NODE_NULL),
    [API_MINOR] = VIEW_FIELD("minor", NODE_NULL),
};

void view_request_api(struct view *view, struct node *ret)
{
    const struct line *line = &view->request->line;
    struct member *api;

    if (!line->api.len)
        return;
    api = VIEW_STRUCT(view, api_shape, ret);
    api[API_MAJOR].value = view_int(line->api_major);
    api[API_MINOR].value = view_int(line->api_minor);
}

static struct str to_lower(struct view *view, struct str name)
{
    char *text = arena_alloc(view->arena, name.len);

    if (!text) {
        view->failed = true;
        return name;
    }
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];

        text[i] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
    }
    return (struct str){text, name.len};
}

void view_request_headers(struct view *view, struct node *ret)
{
    const struct node *headers = &view->request->envelope.headers;
    size_t count = node_count(headers);
    struct member *member = count ? view_map(view, count, ret) : NULL;

    if (!member)
        return;
    for (size_t i = 0; i < count; i++, member++) {
        member->key = to_lower(view, headers->fields.members[i].key);
        member->value = headers->fields.members[i].value;
    }
    view_unique(ret);
}

static bool is_repeated(const struct query *query, size_t index)
{
    size_t at = 0;
    struct str text;

    (void)query_next(query, query->params[index].key, &at, &text);
    return at <= index;
}

void view_request_query(struct view *view, struct node *ret_first, struct node *ret_all)
{
    const struct query *query = &view->request->line.query;
    struct member *first = query->count ? view_map(view, query->count, ret_first) : NULL;
    struct member *all = query->count ? view_map(view, query->count, ret_all) : NULL;
    struct node *value =
        query->count ? arena_array(view->arena, query->count, sizeof *value) : NULL;
    size_t keys = 0;

    if (!first || !all || !value) {
        view->failed = view->failed || query->count > 0;
        return;
    }
    for (size_t i = 0; i < query->count; i++) {
        struct str key = query->params[i].key;
        struct node *list = &all[keys].value;
        size_t at = 0;
        struct str text;

        if (is_repeated(query, i))
            continue;
        first[keys] = (struct member){key, view_string(query->params[i].value)};
        all[keys].key = key;
        list->type = NODE_LIST;
        list->list.items = value;
        while (query_next(query, key, &at, &text))
            *value++ = view_string(text);
        list->list.count = (size_t)(value - list->list.items);
        keys++;
    }
    ret_first->fields.count = ret_all->fields.count = keys;
    node_sort(ret_first);
    node_sort(ret_all);
}

enum { TARGET_FIELD_KIND, TARGET_FIELD_NAME, TARGET_FIELD_PARENT };

static const struct member target_shape[] = {
    [TARGET_FIELD_KIND] = VIEW_FIELD("kind", NODE_NULL),
    [TARGET_FIELD_NAME] = VIEW_FIELD("name", NODE_NULL),
    [TARGET_FIELD_PARENT] = VIEW_FIELD("parent", NODE_NULL),
};

void view_request_target(struct view *view, struct node *ret)
{
    const struct request *request = view->request;
    struct str kind = route_target_name(request->route->target);
    struct member *target = VIEW_STRUCT(view, target_shape, ret);

    target[TARGET_FIELD_KIND].value = view_string(kind.len ? kind : STR("none"));
    target[TARGET_FIELD_NAME].value = view_string(request->target);
    target[TARGET_FIELD_PARENT].value = view_text(request->target_parent);
}

enum { USER_ANONYMOUS, USER_CERT, USER_LABEL, USER_METHOD, USER_NAME };

static const struct member user_shape[] = {
    [USER_ANONYMOUS] = VIEW_FIELD("anonymous", NODE_BOOL),
    [USER_CERT] = VIEW_FIELD("cert", NODE_NULL),
    [USER_LABEL] = VIEW_FIELD("label", NODE_NULL),
    [USER_METHOD] = VIEW_FIELD("method", NODE_NULL),
    [USER_NAME] = VIEW_FIELD("name", NODE_NULL),
};

void view_request_user(struct view *view, struct node *ret)
{
    const struct envelope *envelope = &view->request->envelope;
    bool anonymous = envelope->user.len == 0;
    struct member *user = VIEW_STRUCT(view, user_shape, ret);

    user[USER_ANONYMOUS].value = view_bool(anonymous);
    view_request_certificate(view, &user[USER_CERT].value);
    user[USER_LABEL].value = view_string(anonymous ? STR("an anonymous user") : envelope->user);
    user[USER_METHOD].value = view_text(envelope->authn);
    user[USER_NAME].value = view_text(envelope->user);
}
