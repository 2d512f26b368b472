#include "docker/view_parts.h"
#include "docker/view_topics.h"

enum {
    EXEC_ATTACH_STDIN,
    EXEC_CMD,
    EXEC_DETACH_KEYS,
    EXEC_ENV,
    EXEC_ENV_LIST,
    EXEC_PRIVILEGED,
    EXEC_ROOT,
    EXEC_TTY,
    EXEC_USER,
    EXEC_WORKING_DIR
};

static const struct member exec_shape[] = {
    [EXEC_ATTACH_STDIN] = VIEW_FIELD("attach_stdin", NODE_BOOL),
    [EXEC_CMD] = VIEW_FIELD("cmd", NODE_LIST),
    [EXEC_DETACH_KEYS] = VIEW_FIELD("detach_keys", NODE_NULL),
    [EXEC_ENV] = VIEW_FIELD("env", NODE_MAP),
    [EXEC_ENV_LIST] = VIEW_FIELD("env_list", NODE_LIST),
    [EXEC_PRIVILEGED] = VIEW_FIELD("privileged", NODE_BOOL),
    [EXEC_ROOT] = VIEW_FIELD("root", NODE_NULL),
    [EXEC_TTY] = VIEW_FIELD("tty", NODE_BOOL),
    [EXEC_USER] = VIEW_FIELD("user", NODE_NULL),
    [EXEC_WORKING_DIR] = VIEW_FIELD("working_dir", NODE_NULL),
};

void view_exec(struct view *view, struct node *ret)
{
    const struct node *body = &view->request->body;
    struct member *exec = VIEW_STRUCT(view, exec_shape, ret);

    exec[EXEC_ATTACH_STDIN].value = view_bool(node_bool(node_get(body, STR("AttachStdin"))));
    exec[EXEC_CMD].value = view_share_list(node_get(body, STR("Cmd")));
    exec[EXEC_DETACH_KEYS].value = view_text(node_string(node_get(body, STR("DetachKeys"))));
    view_parts_env(view, node_get(body, STR("Env")), STR("Env"), &exec[EXEC_ENV].value,
                   &exec[EXEC_ENV_LIST].value);
    exec[EXEC_PRIVILEGED].value = view_bool(node_bool(node_get(body, STR("Privileged"))));
    view_parts_user(view, node_string(node_get(body, STR("User"))), &exec[EXEC_USER].value);
    exec[EXEC_ROOT].value = *node_get(&exec[EXEC_USER].value, STR("root"));
    exec[EXEC_TTY].value = view_bool(node_bool(node_get(body, STR("Tty"))));
    exec[EXEC_WORKING_DIR].value = view_text(node_string(node_get(body, STR("WorkingDir"))));
}
