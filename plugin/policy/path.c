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

        if (!path.len || path.ptr[0] != '/' || !str_eq(first_part(&rest), STR("proc")))
            return path;
        (void)first_part(&rest);
        link = first_part(&rest);
        if (!str_eq(link, STR("root")) && !str_eq(link, STR("cwd")))
            return path;
        path = rest.len ? rest : STR("/");
    }
}

/* Where path leads: behind the links of /proc, and /var/run is /run. */
static struct str place_of(struct str path)
{
    path = behind_proc(path);
    return path_under(path, STR("/var/run")) ? str_skip(path, 4) : path;
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

/* place may hold a socket of that bare name, or is above such a place, or is the socket. */
static bool reaches_socket(struct str place, struct str name)
{
    if (str_ends(place, name) &&
        (place.len == name.len || place.ptr[place.len - name.len - 1] == '/'))
        return true;
    if (str_eq(place, STR("/")) || str_eq(place, STR("/var")))
        return true;
    return path_under(place, STR("/run")) && run_dir_holds(str_skip(place, 4), name);
}

/* One is the other, or a directory above it. */
static bool overlap(struct str a, struct str b)
{
    return path_under(a, b) || path_under(b, a);
}

bool path_reaches(struct str path, struct str name)
{
    struct str place = place_of(path);
    struct str wanted = place_of(name);

    if (path.len == 0 || name.len == 0)
        return false;
    if (name.ptr[0] != '/')
        return reaches_socket(place, name);
    return overlap(path, name) || overlap(place, wanted) ||
           (str_eq(place, STR("/var")) && path_under(wanted, STR("/run")));
}
