#include "policy/path.h"

bool path_under(struct str path, struct str dir)
{
    if (dir.len == 0 || !str_starts(path, dir))
        return false;
    return path.len == dir.len || dir.ptr[dir.len - 1] == '/' || path.ptr[dir.len] == '/';
}

/* Take the first part off an absolute path, which becomes "" behind its last part. */
static struct str first_part(struct str *path)
{
    struct str rest = str_skip(*path, 1);
    struct str part = str_take(rest, str_find(rest, '/'));

    *path = str_skip(rest, part.len);
    return part;
}

/* path without one or more "/proc/<pid>/root" or "/proc/<pid>/cwd" in front: links of the kernel's
 * to the directories of a process. */
static struct str behind_proc(struct str path)
{
    for (;;) {
        struct str rest = path;
        struct str link;

        if (!str_eq(first_part(&rest), STR("proc")))
            return path;
        (void)first_part(&rest);
        link = first_part(&rest);
        if (!str_eq(link, STR("root")) && !str_eq(link, STR("cwd")))
            return path;
        path = rest.len ? rest : STR("/");
    }
}

/* dir, relative to a directory that may hold sockets, holds or lies above name or <stem>/name. */
static bool holds(struct str dir, struct str name)
{
    struct str stem = str_ends(name, STR(".sock")) ? str_take(name, name.len - 5) : name;

    if (dir.len == 0)
        return true;
    return str_eq(str_skip(dir, 1), stem);
}

/* dir, without the leading /run, is a place of sockets called name, or above one. */
static bool run_dir_holds(struct str dir, struct str name)
{
    struct str rest = dir;

    if (holds(dir, name))
        return true;
    /* Where dockerd starts containerd itself, and where K3s does. */
    if (str_eq(name, STR("containerd.sock")) &&
        (path_under(STR("/docker/containerd"), dir) || path_under(STR("/k3s/containerd"), dir)))
        return true;
    if (!str_eq(first_part(&rest), STR("user")))
        return false;
    if (rest.len == 0)
        return true;
    (void)first_part(&rest);
    return holds(rest, name);
}

static bool reaches_socket(struct str path, struct str name)
{
    if (str_ends(path, name) && (path.len == name.len || path.ptr[path.len - name.len - 1] == '/'))
        return true;
    if (str_eq(path, STR("/")) || str_eq(path, STR("/var")))
        return true;
    if (path_under(path, STR("/var/run")))
        path = str_skip(path, 4);
    return path_under(path, STR("/run")) && run_dir_holds(str_skip(path, 4), name);
}

/* dir is what `below` names, or a directory above it. */
static bool is_above(struct str dir, struct str below)
{
    return path_under(below, dir);
}

bool path_reaches(struct str path, struct str name)
{
    if (path.len == 0 || name.len == 0)
        return false;
    path = behind_proc(path);
    if (name.ptr[0] != '/')
        return reaches_socket(path, name);
    return path_under(path, name) || is_above(path, name);
}
