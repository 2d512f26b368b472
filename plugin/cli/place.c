#include "cli/place.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/str.h"
#include "cli/report.h"

void place_warn(const char *policy)
{
    struct stat status;

    if (stat(policy, &status) < 0 && errno == ENOENT)
        (void)report("%s: there is no such directory, so the profile baseline is in force", policy);
}

static int is_stray(const struct dirent *entry)
{
    struct str name = str_from(entry->d_name);

    return name.ptr[0] != '.' && str_ends(name, STR(".lua")) && !str_eq(name, STR("policy.lua"));
}

bool place_check(const char *policy)
{
    struct dirent **entries = NULL;
    int count = scandir(policy, &entries, is_stray, alphasort);
    for (int i = 0; i < count; i++) {
        (void)printf("%s:1: nothing reads this file: rules belong into rules/, what they share "
                     "into lib/\n",
                     entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return count > 0;
}
