#include "base/install.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int find(const char *name, const char *installed, char *ret, size_t size, struct err *err)
{
    char self[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    int used;

    if (length < 0)
        return err_set(err, ERR_SYSTEM, "cannot find this program: %s", strerror(errno));
    self[length] = '\0';
    *strrchr(self, '/') = '\0';
    used = snprintf(ret, size, "%s/%s", self, name);
    if (used >= 0 && (size_t)used < size && access(ret, F_OK) == 0)
        return 0;
    used = snprintf(ret, size, "%s", installed);
    if (used < 0 || (size_t)used >= size)
        return err_set(err, ERR_LIMIT, "the path %s is too long", installed);
    return 0;
}

int install_worker(char *ret, size_t size, struct err *err)
{
    return find("lua-authz-worker", AUTHZ_LIBEXEC_DIR "/lua-authz-worker", ret, size, err);
}

int install_library(char *ret, size_t size, struct err *err)
{
    return find("lua-policies", AUTHZ_LIBRARY_DIR, ret, size, err);
}
