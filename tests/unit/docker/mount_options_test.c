#include "docker/mount_options.h"

#include "check.h"

static void finds_the_words_that_take_a_path(void)
{
    CHECK(mount_options_parse(STR("bind")).takes_path);
    CHECK(mount_options_parse(STR("ro,bind")).takes_path);
    CHECK(mount_options_parse(STR("rbind,ro")).takes_path);
    CHECK(mount_options_parse(STR("a,move,b")).takes_path);
    CHECK(mount_options_parse(STR("remount,")).takes_path);
    CHECK(!mount_options_parse(STR("")).takes_path);
    CHECK(!mount_options_parse(STR("binds,xbind,bind=1")).takes_path);
    CHECK(!mount_options_parse(STR("addr=bind.example.com,rw")).takes_path);
    CHECK(!mount_options_parse(STR("Bind, bind,bind\0")).takes_path);
}

static void reads_the_rest(void)
{
    struct mount_options options = mount_options_parse(STR("ro,noexec,size=64m,rslave,shared"));

    CHECK(options.readonly);
    CHECK_STR(options.size, "64m");
    CHECK_STR(options.propagation, "shared");
    CHECK(!mount_options_parse(STR("ro,rw")).readonly);
    CHECK(!mount_options_parse(STR("size")).size.len);
}

static void knows_network_file_systems(void)
{
    CHECK(mount_options_is_network_type(STR("nfs")));
    CHECK(mount_options_is_network_type(STR("nfs4")));
    CHECK(mount_options_is_network_type(STR("cifs")));
    CHECK(mount_options_is_network_type(STR("smb3")));
    CHECK(mount_options_is_network_type(STR("ceph")));
    CHECK(mount_options_is_network_type(STR("glusterfs")));
    CHECK(!mount_options_is_network_type(STR("NFS")));
    CHECK(!mount_options_is_network_type(STR("ext4")));
    CHECK(!mount_options_is_network_type(STR("tmpfs")));
    CHECK(!mount_options_is_network_type(STR("")));
}

int main(void)
{
    finds_the_words_that_take_a_path();
    reads_the_rest();
    knows_network_file_systems();
    return 0;
}
