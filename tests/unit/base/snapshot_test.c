#include "base/snapshot.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

static struct err err;
static char top[] = "/tmp/snapshot_test.XXXXXX";

static void make_dir(const char *path)
{
    CHECK(mkdir(path, 0755) == 0);
}

static void make_file(const char *path, size_t size)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

    CHECK(fd >= 0);
    CHECK(ftruncate(fd, (off_t)size) == 0);
    CHECK(pwrite(fd, "x", size ? 1 : 0, 0) == (size ? 1 : 0));
    CHECK(close(fd) == 0);
}

static void make_trees(void)
{
    CHECK(mkdtemp(top) != NULL);
    CHECK(chdir(top) == 0);
    make_dir("policy");
    make_dir("policy/rules");
    make_dir("policy/data");
    make_dir("policy/tests");
    make_dir("policy/.hidden");
    make_file("policy/policy.lua", 3);
    make_file("policy/config.json", 3);
    make_file("policy/rules/a.lua", 0);
    make_file("policy/rules/.b.lua", 3);
    make_file("policy/rules/notes.txt", 3);
    make_file("policy/tests/t.lua", 3);
    make_file("policy/.hidden/h.json", 3);
    CHECK(symlink("../.hidden/h.json", "policy/data/h.json") == 0);
    make_dir("library");
    make_dir("library/profiles");
    make_file("library/profiles/baseline.lua", 5);
}

static void holds_findings_in_place_of_a_set(void)
{
    struct snapshot snapshot;
    int fd;

    CHECK(snapshot_of_findings(STR("policy.lua:1: odd\n"), &fd, &err) == 0);
    CHECK(write(fd, "x", 1) < 0);
    CHECK(snapshot_open(fd, &snapshot, &err) == 0);
    CHECK(snapshot.count == 1);
    CHECK_STR(snapshot.files[0].name, SNAPSHOT_FINDINGS);
    CHECK_STR(snapshot.files[0].content, "policy.lua:1: odd\n");
    snapshot_done(&snapshot);
    CHECK(close(fd) == 0);
}

static void takes_what_a_set_is_made_of(void)
{
    struct snapshot snapshot;
    int fd;

    CHECK(snapshot_take("policy", "library", &fd, &err) == 0);
    CHECK(snapshot_open(fd, &snapshot, &err) == 0);
    CHECK(snapshot.count == 4);
    CHECK_STR(snapshot.files[0].name, "library/profiles/baseline.lua");
    CHECK_STR(snapshot.files[1].name, "policy/data/h.json");
    CHECK_STR(snapshot.files[2].name, "policy/policy.lua");
    CHECK_STR(snapshot.files[2].content, "x\0\0");
    CHECK_STR(snapshot.files[3].name, "policy/rules/a.lua");
    CHECK(snapshot_find(&snapshot, STR("policy/policy.lua")) == &snapshot.files[2]);
    CHECK(snapshot_find(&snapshot, STR("policy/policy")) == NULL);
    CHECK(pwrite(fd, "y", 1, 0) == -1);
    snapshot_done(&snapshot);
    CHECK(close(fd) == 0);
}

static void slashes_behind_a_directory_change_no_name(void)
{
    struct snapshot snapshot;
    int fd;

    CHECK(snapshot_take("policy/", "./library//", &fd, &err) == 0);
    CHECK(snapshot_open(fd, &snapshot, &err) == 0);
    CHECK(snapshot.count == 4);
    CHECK_STR(snapshot.files[0].name, "library/profiles/baseline.lua");
    CHECK_STR(snapshot.files[2].name, "policy/policy.lua");
    snapshot_done(&snapshot);
    CHECK(close(fd) == 0);
}

static void a_policy_directory_may_be_missing_but_no_library(void)
{
    struct snapshot snapshot;
    int fd;

    CHECK(snapshot_take("none", "library", &fd, &err) == 0);
    CHECK(snapshot_open(fd, &snapshot, &err) == 0);
    CHECK(snapshot.count == 1);
    snapshot_done(&snapshot);
    CHECK(close(fd) == 0);
    CHECK(snapshot_take("policy", "none", &fd, &err) == -1);
    CHECK_STR(str_from(err.msg), "none: cannot be read: No such file or directory");
    CHECK(snapshot_take("policy/policy.lua", "library", &fd, &err) == -1);
    CHECK_STR(str_from(err.msg), "policy/policy.lua: is not a directory");
}

/* What stands where a file belongs must not be passed over: an engine that is to mount a file which
 * is not there makes a directory of its name. */
static void takes_nothing_else_for_a_file(void)
{
    int fd;

    make_dir("odd");
    make_dir("odd/policy.lua");
    CHECK(snapshot_take("odd", "library", &fd, &err) == -1);
    CHECK_STR(str_from(err.msg), "odd/policy.lua: is not a file");
    CHECK(rmdir("odd/policy.lua") == 0);
    make_dir("odd/rules");
    CHECK(mkfifo("odd/rules/a.lua", 0644) == 0);
    CHECK(snapshot_take("odd", "library", &fd, &err) == -1);
    CHECK_STR(str_from(err.msg), "odd/rules/a.lua: is not a file");
    CHECK(rename("odd/rules/a.lua", "odd/rules/a") == 0);
    CHECK(snapshot_take("odd", "library", &fd, &err) == 0);
    CHECK(close(fd) == 0);
    CHECK(unlink("odd/rules/a") == 0);
    CHECK(rmdir("odd/rules") == 0);
    CHECK(rmdir("odd") == 0);
}

/* In place of fts_read(): breaks off after some entries, as for want of memory. */
FTSENT *__real_fts_read(FTS *fts);
FTSENT *__wrap_fts_read(FTS *fts);

static int entries_left = -1; /* -1: any number */

FTSENT *__wrap_fts_read(FTS *fts)
{
    if (entries_left == 0) {
        errno = ENOMEM;
        return NULL;
    }
    if (entries_left > 0)
        entries_left--;
    return __real_fts_read(fts);
}

static void a_directory_that_cannot_be_read_to_its_end_is_no_set(void)
{
    int fd;

    for (int i = 0; i < 4; i++) {
        entries_left = i;
        CHECK(snapshot_take("policy", "library", &fd, &err) == -1);
    }
    entries_left = 0;
    CHECK(snapshot_take("policy", "library", &fd, &err) == -1);
    CHECK_STR(str_from(err.msg), "policy: cannot be read: Cannot allocate memory");
    entries_left = -1;
}

static int take(void)
{
    int fd;

    if (snapshot_take("policy", "library", &fd, &err) < 0)
        return -1;
    return close(fd);
}

static void names_the_file_that_cannot_be_taken(void)
{
    make_file("policy/rules/big.lua", SNAPSHOT_FILE_MAX);
    CHECK(take() == 0);
    make_file("policy/rules/big.lua", SNAPSHOT_FILE_MAX + 1);
    CHECK(take() == -1);
    CHECK_STR(str_from(err.msg), "policy/rules/big.lua: is over the limit of 1048576 bytes");
    CHECK(unlink("policy/rules/big.lua") == 0);
    CHECK(symlink("gone", "policy/rules/l.lua") == 0);
    CHECK(take() == -1);
    CHECK_STR(str_from(err.msg), "policy/rules/l.lua: a symbolic link leads nowhere");
    CHECK(unlink("policy/rules/l.lua") == 0);
    CHECK(symlink("..", "policy/rules/loop") == 0);
    CHECK(take() == -1);
    CHECK_STR(str_from(err.msg),
              "policy/rules/loop: a symbolic link leads back to a directory above it");
    CHECK(unlink("policy/rules/loop") == 0);
}

static void write_text(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

    CHECK(fd >= 0);
    CHECK(write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    CHECK(close(fd) == 0);
}

static void switch_for_ever(void)
{
    CHECK(prctl(PR_SET_PDEATHSIG, SIGKILL) == 0);
    for (unsigned i = 0;; i++) {
        CHECK(symlink(i % 2 ? "one" : "two", "link.new") == 0);
        CHECK(rename("link.new", "link") == 0);
        (void)usleep(500 + i % 7 * 200);
    }
}

static void takes_no_half_of_two_sets(void)
{
    struct snapshot snapshot;
    pid_t child;
    int taken = 0;
    int fd;

    make_dir("one");
    make_dir("two");
    make_dir("linked");
    write_text("one/a.lua", "1");
    write_text("one/b.lua", "1");
    write_text("two/a.lua", "2");
    write_text("two/b.lua", "2");
    CHECK(symlink("one", "link") == 0);
    make_dir("linked/rules");
    CHECK(symlink("../../link/a.lua", "linked/rules/a.lua") == 0);
    CHECK(symlink("../../link/b.lua", "linked/rules/b.lua") == 0);
    child = fork();
    CHECK(child >= 0);
    if (child == 0)
        switch_for_ever();
    for (int i = 0; i < 300; i++) {
        /* It may give up: that is no half either. */
        if (snapshot_take("linked", "library", &fd, &err) < 0)
            continue;
        taken++;
        CHECK(snapshot_open(fd, &snapshot, &err) == 0);
        CHECK(snapshot.count == 3);
        CHECK(str_eq(snapshot.files[1].content, snapshot.files[2].content));
        snapshot_done(&snapshot);
        CHECK(close(fd) == 0);
    }
    CHECK(kill(child, SIGKILL) == 0);
    CHECK(waitpid(child, NULL, 0) == child);
    CHECK(taken > 50);
}

static void note_path(void *context, const char *path, const struct stat *status)
{
    char *trail = context;

    (void)snprintf(trail + strlen(trail), 1024 - strlen(trail), "%s%s ", path,
                   S_ISDIR(status->st_mode) ? "/" : "");
}

static void visits_directories_before_what_is_in_them(void)
{
    char trail[1024] = "";
    const char *rules;

    snapshot_visit("policy", "none", note_path, trail);
    rules = strstr(trail, "policy/rules/ ");
    CHECK(strncmp(trail, "policy/ ", 8) == 0);
    CHECK(rules && strstr(trail, "policy/rules/a.lua ") > rules);
    CHECK(strstr(trail, "policy/data/h.json ") && strstr(trail, " none "));
    CHECK(!strstr(trail, "tests") && !strstr(trail, "notes") && !strstr(trail, "/.b"));
}

static void refuses_a_cut_off_file(void)
{
    struct snapshot snapshot;
    int fd = open("cut", O_RDWR | O_CREAT, 0600);

    CHECK(write(fd, "\3\0\0\0\3\0\0\0abcde", 13) == 13);
    CHECK(snapshot_open(fd, &snapshot, &err) == -1);
    CHECK(pwrite(fd, "f", 1, 13) == 1);
    CHECK(snapshot_open(fd, &snapshot, &err) == 0);
    CHECK_STR(snapshot.files[0].content, "def");
    snapshot_done(&snapshot);
    CHECK(close(fd) == 0);
}

int main(void)
{
    make_trees();
    takes_what_a_set_is_made_of();
    holds_findings_in_place_of_a_set();
    slashes_behind_a_directory_change_no_name();
    takes_nothing_else_for_a_file();
    a_directory_that_cannot_be_read_to_its_end_is_no_set();
    a_policy_directory_may_be_missing_but_no_library();
    names_the_file_that_cannot_be_taken();
    visits_directories_before_what_is_in_them();
    takes_no_half_of_two_sets();
    refuses_a_cut_off_file();
    CHECK(chdir("/") == 0);
    execlp("rm", "rm", "-rf", top, (char *)NULL);
    return 1;
}
