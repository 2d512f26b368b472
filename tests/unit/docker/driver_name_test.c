#include "docker/request.h"
#include "view_check.h"

static struct view_check check;

static const struct {
    const char *uri;
    const char *body; /* %s: the driver's name */
} calls[] = {
    {"/containers/create", "{\"Image\":\"a\",\"HostConfig\":{\"VolumeDriver\":\"%s\"}}"},
    {"/containers/create", "{\"Image\":\"a\",\"HostConfig\":{\"LogConfig\":{\"Type\":\"%s\"}}}"},
    {"/containers/create", "{\"Image\":\"a\",\"HostConfig\":{\"Mounts\":[{\"Type\":\"volume\"},"
                           "{\"Type\":\"volume\",\"VolumeOptions\":{\"DriverConfig\":{\"Name\":"
                           "\"%s\"}}}]}}"},
    {"/services/create", "{\"TaskTemplate\":{\"LogDriver\":{\"Name\":\"%s\"}}}"},
    {"/services/x/update?version=1",
     "{\"TaskTemplate\":{\"ContainerSpec\":{\"Mounts\":[{\"Type\":\"volume\",\"VolumeOptions\":{"
     "\"DriverConfig\":{\"Name\":\"%s\"}}}]}}}"},
    {"/networks/create", "{\"Name\":\"n\",\"Driver\":\"%s\"}"},
    {"/networks/create", "{\"Name\":\"n\",\"IPAM\":{\"Driver\":\"%s\"}}"},
    {"/volumes/create", "{\"Driver\":\"%s\"}"},
    {"/secrets/create", "{\"Name\":\"s\",\"Driver\":{\"Name\":\"%s\"}}"},
    {"/swarm/init", "{\"Spec\":{\"TaskDefaults\":{\"LogDriver\":{\"Name\":\"%s\"}}}}"},
    {"/swarm/update?version=1", "{\"TaskDefaults\":{\"LogDriver\":{\"Name\":\"%s\"}}}"},
};

/* What stands for "%s" in body becomes name. */
static int try_name(size_t i, const char *name)
{
    struct str body = str_from(calls[i].body);
    size_t at = str_find(body, '%');
    struct str text =
        arena_printf(&check.arena, "%.*s%s%s", (int)at, body.ptr, name, body.ptr + at + 2);

    return view_check_try(&check, "POST", calls[i].uri, text.ptr);
}

static void refuses_names_that_lead_up(void)
{
    const char *const names[] = {"../x", "a/../x", "/../x", "..", "a/.."};

    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
        for (size_t j = 0; j < sizeof names / sizeof names[0]; j++)
            CHECK(try_name(i, names[j]) == -1);
}

static void passes_other_names(void)
{
    const char *const names[] = {"",     "local", "registry.example.com:5000/team/driver:1.0",
                                 "a..b", "..a",   "a/..b/c.."};

    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
        for (size_t j = 0; j < sizeof names / sizeof names[0]; j++)
            CHECK(try_name(i, names[j]) == 0);
}

int main(void)
{
    struct err err;

    CHECK(arena_init(&check.arena, 1 << 25, &err) == 0);
    refuses_names_that_lead_up();
    passes_other_names();
    arena_done(&check.arena);
    return 0;
}
