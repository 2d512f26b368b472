#include "docker/view_parts.h"
#include "docker/view_topics.h"

static struct str param(const struct view *view, struct str name)
{
    return query_first(&view->request->line.query, name);
}

void view_image_target(struct view *view, struct node *ret)
{
    view_parts_image(view, view->request->target, STR("path"), ret);
}

void view_image_pull(struct view *view, struct node *ret)
{
    view_parts_image_tag(view, param(view, STR("fromImage")), param(view, STR("tag")),
                         VIEW_PARTS_TAG_ALL, STR("fromImage"), ret);
}

void view_image_push(struct view *view, struct node *ret)
{
    view_parts_image_tag(view, view->request->target, param(view, STR("tag")), VIEW_PARTS_TAG_ALL,
                         STR("path"), ret);
}

void view_image_named(struct view *view, struct node *ret)
{
    struct str name = param(view, STR("repo"));

    if (name.len)
        view_parts_image_tag(view, name, param(view, STR("tag")), VIEW_PARTS_TAG_LATEST,
                             STR("repo"), ret);
}

enum { IMPORT_CHANGES, IMPORT_MESSAGE, IMPORT_PLATFORM, IMPORT_REMOTE, IMPORT_SOURCE };

static const struct member import_shape[] = {
    [IMPORT_CHANGES] = VIEW_FIELD("changes", NODE_LIST),
    [IMPORT_MESSAGE] = VIEW_FIELD("message", NODE_NULL),
    [IMPORT_PLATFORM] = VIEW_FIELD("platform", NODE_NULL),
    [IMPORT_REMOTE] = VIEW_FIELD("remote", NODE_BOOL),
    [IMPORT_SOURCE] = VIEW_FIELD("source", NODE_NULL),
};

/* A source other than "-" is an address that the engine fetches. */
void view_image_import(struct view *view, struct node *ret)
{
    struct str source = param(view, STR("fromSrc"));
    struct member *import = VIEW_STRUCT(view, import_shape, ret);

    view_parts_values(view, STR("changes"), &import[IMPORT_CHANGES].value);
    import[IMPORT_MESSAGE].value = view_text(param(view, STR("message")));
    import[IMPORT_PLATFORM].value = view_text(param(view, STR("platform")));
    import[IMPORT_REMOTE].value = view_bool(!str_eq(source, STR("-")));
    import[IMPORT_SOURCE].value = view_text(source);
}

enum { COMMIT_AUTHOR, COMMIT_CHANGES, COMMIT_COMMENT, COMMIT_CONTAINER, COMMIT_PAUSE, COMMIT_USER };

static const struct member commit_shape[] = {
    [COMMIT_AUTHOR] = VIEW_FIELD("author", NODE_NULL),
    [COMMIT_CHANGES] = VIEW_FIELD("changes", NODE_LIST),
    [COMMIT_COMMENT] = VIEW_FIELD("comment", NODE_NULL),
    [COMMIT_CONTAINER] = VIEW_FIELD("container", NODE_NULL),
    [COMMIT_PAUSE] = VIEW_FIELD("pause", NODE_BOOL),
    [COMMIT_USER] = VIEW_FIELD("user", NODE_NULL),
};

void view_image_commit(struct view *view, struct node *ret)
{
    const struct query *query = &view->request->line.query;
    const struct node *user = node_get(&view->request->body, STR("User"));
    struct member *commit = VIEW_STRUCT(view, commit_shape, ret);

    commit[COMMIT_AUTHOR].value = view_text(param(view, STR("author")));
    view_parts_values(view, STR("changes"), &commit[COMMIT_CHANGES].value);
    commit[COMMIT_COMMENT].value = view_text(param(view, STR("comment")));
    commit[COMMIT_CONTAINER].value = view_string(param(view, STR("container")));
    /* Clients that say nothing get a pause (moby api/server/router/container, postCommit). */
    commit[COMMIT_PAUSE].value =
        view_bool(query_count(query, STR("pause")) == 0 || query_bool(query, STR("pause")));
    view_parts_user(view, node_string(user), &commit[COMMIT_USER].value);
}
