#include "worker/harden.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/landlock.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worker/seccomp.h"

/* The kernel's overflow id, which owns nothing: "nobody" on every distribution. */
enum { NOBODY = 65534 };

static int failed(struct err *err, const char *step)
{
    return err_set(err, ERR_SYSTEM, "cannot harden this worker: %s: %s", step, strerror(errno));
}

static int limit(__rlimit_resource_t resource, rlim_t value)
{
    const struct rlimit both = {value, value};

    return setrlimit(resource, &both);
}

static int limit_resources(const struct harden_options *options, struct err *err)
{
    if (limit(RLIMIT_AS, options->address_space_bytes) < 0 || limit(RLIMIT_CORE, 0) < 0 ||
        limit(RLIMIT_FSIZE, 0) < 0 || limit(RLIMIT_NOFILE, 0) < 0 || limit(RLIMIT_NPROC, 0) < 0)
        return failed(err, "setrlimit");
    return 0;
}

/* An empty rule set over every kind of access that this kernel knows. */
static int forbid_files(void)
{
    struct landlock_ruleset_attr rules = {.handled_access_fs = LANDLOCK_ACCESS_FS_EXECUTE};
    int version =
        (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    int fd;
    int status;

    if (version < 1)
        return -1;
    /* Version 1 knows the thirteen rights from EXECUTE to MAKE_SYM. */
    rules.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;
    fd = (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof rules.handled_access_fs, 0);
    if (fd < 0)
        return -1;
    status = (int)syscall(SYS_landlock_restrict_self, fd, 0);
    (void)close(fd);
    return status;
}

static int drop_user(struct err *err)
{
    if (geteuid() != 0)
        return 0;
    for (unsigned long cap = 0; prctl(PR_CAPBSET_READ, cap, 0, 0, 0) >= 0; cap++)
        if (prctl(PR_CAPBSET_DROP, cap, 0, 0, 0) < 0 && errno != EPERM)
            return failed(err, "capability bounding set");
    if (setgroups(0, NULL) < 0)
        return failed(err, "setgroups");
    if (setresgid(NOBODY, NOBODY, NOBODY) < 0)
        return failed(err, "setresgid");
    if (setresuid(NOBODY, NOBODY, NOBODY) < 0)
        return failed(err, "setresuid");
    return 0;
}

static int drop_capabilities(struct err *err)
{
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    const struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {0};

    if (syscall(SYS_capset, &header, none) < 0)
        return failed(err, "capset");
    return 0;
}

/* The kernel forgets both with a change of user, so they come after it. */
static int die_with_parent(pid_t parent, struct err *err)
{
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0 || prctl(PR_SET_PDEATHSIG, SIGKILL) < 0)
        return failed(err, "prctl");
    if (getppid() != parent)
        return err_set(err, ERR_SYSTEM, "the process that started this worker is gone");
    return 0;
}

int harden(const struct harden_options *options, char *missing, size_t size, struct err *err)
{
    bool landlock;

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return failed(err, "no_new_privs");
    landlock = forbid_files() == 0;
    if (drop_user(err) < 0 || drop_capabilities(err) < 0 ||
        die_with_parent(options->parent, err) < 0 || limit_resources(options, err) < 0)
        return -1;
    (void)snprintf(missing, size, "%s", landlock ? "" : "landlock");
    /* The daemon's log: who takes a worker over is not to write there in its name. */
    (void)close(STDERR_FILENO);
    if (seccomp_enforce() < 0)
        return failed(err, "seccomp");
    return 0;
}
