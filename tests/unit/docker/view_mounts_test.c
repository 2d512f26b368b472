#include "view_check.h"

static struct view_check check;

static void create(const char *host_config)
{
    struct str body =
        arena_printf(&check.arena, "{\"Image\":\"bb\",\"HostConfig\":%s}", host_config);

    view_check_read(&check, "POST", "/v1.41/containers/create", body.ptr);
}

static void lists_binds(void)
{
    create("{\"Binds\":[\"/srv/../etc/:/x/../y:ro,rshared\",\"data:/d\",\"/anon\",\"/a:/b:RO\"],"
           "\"VolumeDriver\":\"rex\"}");
    CHECK_VIEW(&check, "mounts", "#4");
    CHECK_VIEW(&check, "mounts/1/kind", "bind");
    CHECK_VIEW(&check, "mounts/1/source", "/etc");
    CHECK_VIEW(&check, "mounts/1/target", "/y");
    CHECK_VIEW(&check, "mounts/1/readonly", "true");
    CHECK_VIEW(&check, "mounts/1/propagation", "rshared");
    CHECK_VIEW(&check, "mounts/1/via", "HostConfig.Binds[1]");
    CHECK_VIEW(&check, "mounts/1/raw", "/srv/../etc/:/x/../y:ro,rshared");
    CHECK_VIEW(&check, "mounts/1/valid", "true");
    CHECK_VIEW(&check, "mounts/2/kind", "volume");
    CHECK_VIEW(&check, "mounts/2/source", "data");
    CHECK_VIEW(&check, "mounts/2/driver", "rex");
    CHECK_VIEW(&check, "mounts/3/kind", "volume");
    CHECK_VIEW(&check, "mounts/3/source", "nil");
    CHECK_VIEW(&check, "mounts/3/target", "/anon");
    CHECK_VIEW(&check, "mounts/4/kind", "bind");
    CHECK_VIEW(&check, "mounts/4/valid", "false");
}

static void lists_mounts(void)
{
    create("{\"Mounts\":["
           "{\"Type\":\"bind\",\"Source\":\"//\",\"Target\":\"/h\",\"BindOptions\":{"
           "\"Propagation\":\"rslave\"}},"
           "{\"Type\":\"volume\",\"Source\":\"v\",\"Target\":\"/v\",\"VolumeOptions\":{\"Subpath\":"
           "\"a/../../b\"}},"
           "{\"Type\":\"tmpfs\",\"Target\":\"/t\",\"TmpfsOptions\":{\"SizeBytes\":4096}},"
           "{\"Type\":\"image\",\"Source\":\"bb\",\"Target\":\"/i\",\"ImageOptions\":{\"Subpath\":"
           "\"x\"}},"
           "{\"Type\":\"Bind\",\"Source\":\"/etc\",\"Target\":\"/e\"},{}]}");
    CHECK_VIEW(&check, "mounts", "#6");
    CHECK_VIEW(&check, "mounts/1/kind", "bind");
    CHECK_VIEW(&check, "mounts/1/source", "/");
    CHECK_VIEW(&check, "mounts/1/propagation", "rslave");
    CHECK_VIEW(&check, "mounts/1/via", "HostConfig.Mounts[1]");
    CHECK_VIEW(&check, "mounts/2/kind", "volume");
    CHECK_VIEW(&check, "mounts/2/driver", "local");
    CHECK_VIEW(&check, "mounts/2/subpath", "a/../../b");
    CHECK_VIEW(&check, "mounts/2/climbs", "true");
    CHECK_VIEW(&check, "mounts/3/kind", "tmpfs");
    CHECK_VIEW(&check, "mounts/3/size", "4096");
    CHECK_VIEW(&check, "mounts/4/kind", "image");
    CHECK_VIEW(&check, "mounts/4/readonly", "true");
    CHECK_VIEW(&check, "mounts/4/climbs", "false");
    CHECK_VIEW(&check, "mounts/5/kind", "unknown");
    CHECK_VIEW(&check, "mounts/5/source", "/etc");
    CHECK_VIEW(&check, "mounts/6/kind", "unknown");
}

/* What the local driver makes of type, o and device. */
static void check_local(const char *options, const char *kind, const char *source)
{
    struct str body = arena_printf(&check.arena,
                                   "{\"Mounts\":[{\"Type\":\"volume\",\"Target\":\"/x\","
                                   "\"VolumeOptions\":{\"DriverConfig\":{\"Options\":%s}}}]}",
                                   options);

    create(body.ptr);
    CHECK_VIEW(&check, "mounts/1/kind", kind);
    CHECK_VIEW(&check, "mounts/1/source", source);
    body = arena_printf(&check.arena, "{\"Name\":\"v\",\"Driver\":\"local\",\"DriverOpts\":%s}",
                        options);
    view_check_read(&check, "POST", "/volumes/create", body.ptr);
    CHECK_VIEW(&check, "mounts/1/kind", kind);
    CHECK_VIEW(&check, "mounts/1/via", "DriverOpts");
}

static void sees_host_paths_in_volume_options(void)
{
    check_local("{\"type\":\"none\",\"o\":\"bind\",\"device\":\"/etc/.\"}", "bind", "/etc");
    check_local("{\"type\":\"tmpfs\",\"o\":\"ro,bind\",\"device\":\"/etc\"}", "bind", "/etc");
    check_local("{\"type\":\"nfs\",\"o\":\"rbind\",\"device\":\"/\"}", "bind", "/");
    check_local("{\"o\":\"remount\",\"device\":\"/\"}", "bind", "/");
    check_local("{\"o\":\"move\"}", "bind", ".");
    check_local("{\"type\":\"ext4\",\"device\":\"/dev/sda1\"}", "device", "/dev/sda1");
    check_local("{\"type\":\"overlay\",\"o\":\"lowerdir=/\",\"device\":\"overlay\"}", "device",
                "overlay");
    check_local("{\"type\":\"NFS\",\"device\":\":/x\"}", "device", ":/x");
    check_local("{\"type\":\"tmpfs\",\"device\":\"tmpfs\",\"o\":\"size=1m\"}", "volume", "nil");
    check_local("{\"type\":\"nfs\",\"device\":\":/x\",\"o\":\"addr=h,rw\"}", "volume", "nil");
    check_local("{}", "volume", "nil");
    CHECK_VIEW(&check, "mounts/1/network", "false");
    create("{\"Mounts\":[{\"Type\":\"volume\",\"Target\":\"/x\",\"ReadOnly\":false,"
           "\"VolumeOptions\":{\"DriverConfig\":{\"Name\":\"local\",\"Options\":{\"type\":\"nfs4\","
           "\"o\":\"ro\",\"Device\":\"/\",\"mountpoint\":\"x\"}}}}]}");
    CHECK_VIEW(&check, "mounts/1/kind", "volume");
    CHECK_VIEW(&check, "mounts/1/network", "true");
    CHECK_VIEW(&check, "mounts/1/readonly", "true");
    CHECK_VIEW(&check, "mounts/1/filesystem", "nfs4");
    CHECK_VIEW(&check, "mounts/1/odd_options", "#1");
    CHECK_VIEW(&check, "mounts/1/odd_options/1", "Device");
    CHECK_VIEW(&check, "mounts/1/options/mountpoint", "x");
    create(
        "{\"Mounts\":[{\"Type\":\"volume\",\"Target\":\"/x\",\"VolumeOptions\":{\"DriverConfig\":"
        "{\"Name\":\"rex\",\"Options\":{\"o\":\"bind\",\"device\":\"/\"}}}}]}");
    CHECK_VIEW(&check, "mounts/1/kind", "volume");
    CHECK_VIEW(&check, "mounts/1/driver", "rex");
}

static void lists_the_other_ways(void)
{
    view_check_read(&check, "POST", "/containers/create",
                    "{\"Image\":\"bb\",\"Volumes\":{\"/v/\":{}},\"HostConfig\":{\"VolumesFrom\":["
                    "\"web:ro\",\"db\"],\"Tmpfs\":{\"/tmp/\":\"rw,size=64m,ro\"}}}");
    CHECK_VIEW(&check, "mounts", "#4");
    CHECK_VIEW(&check, "mounts/1/kind", "volumes-from");
    CHECK_VIEW(&check, "mounts/1/source", "web");
    CHECK_VIEW(&check, "mounts/1/readonly", "true");
    CHECK_VIEW(&check, "mounts/1/via", "HostConfig.VolumesFrom[1]");
    CHECK_VIEW(&check, "mounts/2/readonly", "false");
    CHECK_VIEW(&check, "mounts/3/kind", "tmpfs");
    CHECK_VIEW(&check, "mounts/3/target", "/tmp");
    CHECK_VIEW(&check, "mounts/3/size", "67108864");
    CHECK_VIEW(&check, "mounts/3/readonly", "true");
    CHECK_VIEW(&check, "mounts/3/via", "HostConfig.Tmpfs[\"/tmp/\"]");
    CHECK_VIEW(&check, "mounts/4/kind", "volume");
    CHECK_VIEW(&check, "mounts/4/target", "/v");
    CHECK_VIEW(&check, "mounts/4/via", "Volumes[\"/v/\"]");
}

static void lists_mounts_of_services(void)
{
    view_check_read(&check, "POST", "/services/create",
                    "{\"Name\":\"s\",\"TaskTemplate\":{\"ContainerSpec\":{\"Image\":\"bb\","
                    "\"Mounts\":[{\"Type\":\"bind\",\"Source\":\"/srv//app\",\"Target\":\"/x\","
                    "\"ReadOnly\":true}]}}}");
    CHECK_VIEW(&check, "mounts", "#1");
    CHECK_VIEW(&check, "mounts/1/source", "/srv/app");
    CHECK_VIEW(&check, "mounts/1/via", "TaskTemplate.ContainerSpec.Mounts[1]");
}

static void counts_checkpoint_directories(void)
{
    view_check_read(&check, "POST", "/containers/x/start?checkpoint=c&checkpoint-dir=/etc/.", NULL);
    CHECK_VIEW(&check, "mounts/1/kind", "bind");
    CHECK_VIEW(&check, "mounts/1/source", "/etc");
    CHECK_VIEW(&check, "mounts/1/via", "checkpoint-dir");
    view_check_read(&check, "POST", "/containers/x/start?checkpoint=c", NULL);
    CHECK_VIEW(&check, "mounts", "#0");
    view_check_read(&check, "POST", "/containers/x/start?checkpoint=../../etc", NULL);
    CHECK_VIEW(&check, "mounts/1/kind", "bind");
    CHECK_VIEW(&check, "mounts/1/via", "checkpoint");
    view_check_read(&check, "POST", "/containers/x/start?checkpoint=..", NULL);
    CHECK_VIEW(&check, "mounts/1/via", "checkpoint");
    view_check_read(&check, "POST",
                    "/containers/x/start?checkpoint-dir=/srv/a&checkpoint=../../etc", NULL);
    CHECK_VIEW(&check, "mounts/1/source", "/etc");
    view_check_read(&check, "POST", "/containers/x/start?checkpoint-dir=/srv/a&checkpoint=..",
                    NULL);
    CHECK_VIEW(&check, "mounts/1/source", "/srv");
    view_check_read(&check, "POST", "/containers/x/checkpoints",
                    "{\"CheckpointID\":\"c\",\"CheckpointDir\":\"/etc\"}");
    CHECK_VIEW(&check, "mounts/1/source", "/etc");
    view_check_read(&check, "GET", "/containers/x/checkpoints?dir=/", NULL);
    CHECK_VIEW(&check, "mounts/1/source", "/");
    view_check_read(&check, "POST", "/containers/x/start", NULL);
    CHECK_VIEW(&check, "mounts", "#0");
}

int main(void)
{
    struct err err;

    CHECK(arena_init(&check.arena, 1 << 24, &err) == 0);
    lists_binds();
    lists_mounts();
    sees_host_paths_in_volume_options();
    lists_the_other_ways();
    lists_mounts_of_services();
    counts_checkpoint_directories();
    arena_done(&check.arena);
    return 0;
}
