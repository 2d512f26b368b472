#include "policy/path.h"

#include "check.h"

static bool under(const char *path, const char *dir)
{
    return path_under(str_from(path), str_from(dir));
}

static bool reaches(const char *path, const char *name)
{
    return path_reaches(str_from(path), str_from(name));
}

static void goes_by_whole_parts(void)
{
    CHECK(under("/srv/data", "/srv/data"));
    CHECK(under("/srv/data/x", "/srv/data"));
    CHECK(!under("/srv/database", "/srv/data"));
    CHECK(!under("/srv", "/srv/data"));
    CHECK(!under("/", "/srv"));
    CHECK(under("/", "/"));
    CHECK(under("/etc", "/"));
}

static void keeps_relative_and_absolute_apart(void)
{
    CHECK(under("a/b", "a"));
    CHECK(!under("a/b", "/"));
    CHECK(!under("/a", "a"));
    CHECK(!under("data", ""));
    CHECK(!under("", ""));
    CHECK(!under("", "/"));
    CHECK(!path_under(STR("/srv\0x"), STR("/srv")));
}

static void finds_a_socket_by_its_name(void)
{
    CHECK(reaches("/var/run/docker.sock", "docker.sock"));
    CHECK(reaches("/home/a/docker.sock", "docker.sock"));
    CHECK(reaches("docker.sock", "docker.sock"));
    CHECK(!reaches("/run/mydocker.sock", "docker.sock"));
    CHECK(!reaches("/run/docker.sock.d", "docker.sock"));
    CHECK(!reaches("", "docker.sock"));
    CHECK(!reaches("/run", ""));
}

static void finds_directories_above_a_socket(void)
{
    CHECK(reaches("/", "docker.sock"));
    CHECK(reaches("/run", "docker.sock"));
    CHECK(reaches("/var", "docker.sock"));
    CHECK(reaches("/var/run", "docker.sock"));
    CHECK(reaches("/run/podman", "podman.sock"));
    CHECK(reaches("/var/run/crio", "crio.sock"));
    CHECK(reaches("/run/containerd", "containerd.sock"));
    CHECK(reaches("/run/docker", "containerd.sock"));
    CHECK(reaches("/run/docker/containerd", "containerd.sock"));
    CHECK(reaches("/run/k3s", "containerd.sock"));
    CHECK(!reaches("/run/podman", "crio.sock"));
    CHECK(!reaches("/run/docker/plugins", "containerd.sock"));
    CHECK(!reaches("/run/lock", "docker.sock"));
    CHECK(!reaches("/runner", "docker.sock"));
    CHECK(!reaches("/var/lib", "docker.sock"));
    CHECK(!reaches("/var/runner", "docker.sock"));
    CHECK(!reaches("/srv/data", "docker.sock"));
    CHECK(!reaches("run", "docker.sock"));
}

static void knows_the_directories_of_rootless_engines(void)
{
    CHECK(reaches("/run/user", "docker.sock"));
    CHECK(reaches("/run/user/1000", "docker.sock"));
    CHECK(reaches("/var/run/user/1000/podman", "podman.sock"));
    CHECK(!reaches("/run/user/1000/pulse", "docker.sock"));
    CHECK(!reaches("/run/users", "docker.sock"));
}

static void looks_behind_the_links_of_proc(void)
{
    CHECK(reaches("/proc/1/root/run", "docker.sock"));
    CHECK(reaches("/proc/1/root", "docker.sock"));
    CHECK(reaches("/proc/self/cwd/proc/1/root/var/run", "docker.sock"));
    CHECK(reaches("/proc/1/root/etc/shadow", "/etc"));
    CHECK(!reaches("/proc/1/root/srv", "docker.sock"));
    CHECK(!reaches("/proc/1/fd", "docker.sock"));
    CHECK(!reaches("/procs/1/root", "docker.sock"));
    CHECK(!reaches("xproc/1/root", "docker.sock"));
}

static void takes_an_absolute_name_both_ways(void)
{
    CHECK(reaches("/etc/lua-authz", "/etc/lua-authz"));
    CHECK(reaches("/etc", "/etc/lua-authz"));
    CHECK(reaches("/", "/etc/lua-authz"));
    CHECK(reaches("/etc/lua-authz/policy.lua", "/etc/lua-authz"));
    CHECK(!reaches("/etc/lua-authz2", "/etc/lua-authz"));
    CHECK(reaches("/var/run", "/run/docker.sock"));
    CHECK(reaches("/run", "/var/run/docker.sock"));
    CHECK(reaches("/var", "/run/docker.sock"));
    CHECK(!reaches("/var", "/runner"));
    CHECK(reaches("/proc/1/root/run", "/proc/2/root/run/docker.sock"));
    CHECK(reaches("/proc/1", "/proc/1/root/run"));
    CHECK(!reaches("/srv", "/etc/lua-authz"));
}

int main(void)
{
    goes_by_whole_parts();
    keeps_relative_and_absolute_apart();
    finds_a_socket_by_its_name();
    finds_directories_above_a_socket();
    knows_the_directories_of_rootless_engines();
    looks_behind_the_links_of_proc();
    takes_an_absolute_name_both_ways();
    return 0;
}
