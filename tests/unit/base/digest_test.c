#include "base/digest.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/fd.h"
#include "base/snapshot.h"
#include "check.h"

static char got[DIGEST_HEX_BYTES + 1];
static struct err err;

/* FIPS 180-4's own examples. */
static void is_sha_256(void)
{
    struct digest digest;

    digest_hex(STR(""), got);
    CHECK_STR(str_from(got), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    digest_hex(STR("abc"), got);
    CHECK_STR(str_from(got), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    digest_init(&digest);
    digest_add(&digest, STR("a"));
    digest_add(&digest, STR(""));
    digest_add(&digest, STR("bc"));
    digest_end(&digest, got);
    CHECK_STR(str_from(got), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void write_file(const char *dir, const char *name, const char *text)
{
    char path[512];
    FILE *file;

    (void)snprintf(path, sizeof path, "%s/%s", dir, name);
    file = fopen(path, "we");
    CHECK(file && fputs(text, file) >= 0 && fclose(file) == 0);
}

static void remove_in(const char *dir, const char *name)
{
    char path[512];

    (void)snprintf(path, sizeof path, "%s/%s", dir, name);
    CHECK(remove(path) == 0);
}

static void of_directory(const char *dir, char ret[DIGEST_HEX_BYTES + 1])
{
    CLEANUP(fd_close) int fd = -1;

    CHECK(snapshot_take("/nonexistent", dir, &fd, &err) == 0);
    CHECK(digest_snapshot(fd, ret, &err) == 0);
}

static void tells_snapshots_apart(void)
{
    char dir[] = "/tmp/digest-XXXXXX";
    char first[DIGEST_HEX_BYTES + 1];
    char path[64];

    CHECK(mkdtemp(dir));
    (void)snprintf(path, sizeof path, "%s/rules", dir);
    CHECK(mkdir(path, 0700) == 0);
    write_file(dir, "rules/a.lua", "1");
    write_file(dir, "rules/b.lua", "2");
    of_directory(dir, first);
    of_directory(dir, got);
    CHECK(str_eq(str_from(first), str_from(got)));
    write_file(dir, "rules/b.lua", "3");
    of_directory(dir, got);
    CHECK(!str_eq(str_from(first), str_from(got)));
    /* The same bytes, parted elsewhere. */
    write_file(dir, "rules/b.lua", "2");
    write_file(dir, "rules/a.lua", "");
    of_directory(dir, got);
    CHECK(!str_eq(str_from(first), str_from(got)));
    remove_in(dir, "rules/a.lua");
    remove_in(dir, "rules/b.lua");
    remove_in(dir, "rules");
    CHECK(remove(dir) == 0);
}

int main(void)
{
    is_sha_256();
    tells_snapshots_apart();
    return 0;
}
