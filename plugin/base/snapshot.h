#ifndef BASE_SNAPSHOT_H
#define BASE_SNAPSHOT_H

#include <stddef.h>
#include <sys/stat.h>

#include "base/cleanup.h"
#include "base/err.h"
#include "base/str.h"

/* All files of one policy set, read once and sealed: what a generation of workers loads, whatever
 * happens to the directories later.
 *
 * Names in it: "policy/..." for the policy directory (policy.lua, rules/, data/, lib/),
 * "library/..." for the library (profiles/, rules/, lib/, recipes/). Only .lua and .json files are
 * taken; names that start with a dot are not. Sorted by name. */

enum {
    SNAPSHOT_FILE_MAX = 1024 * 1024,
    SNAPSHOT_TOTAL_MAX = 64 * 1024 * 1024,
    SNAPSHOT_FILES_MAX = 20000,
};

/* Read both directories into a sealed memfd, which the caller closes. A policy directory that is
 * not there counts as empty; a library that is not there is an error. Symbolic links are followed.
 * Whatever is changed or replaced meanwhile, what is taken stood there all at one time.
 * Errors name the file: ERR_SYSTEM, ERR_LIMIT, ERR_INVALID for what is no file or directory. */
MUST_CHECK int snapshot_take(const char *policy_dir, const char *library_dir, int *ret_fd,
                             struct err *err);

/* What stands in for a set that cannot be loaded at all: its one file, of this name, says why, a
 * line a finding. Its workers refuse, with these words. */
#define SNAPSHOT_FINDINGS "findings"
MUST_CHECK int snapshot_of_findings(struct str findings, int *ret_fd, struct err *err);

/* status is that of what path leads to, all zero where there is nothing. */
typedef void (*snapshot_visitor)(void *context, const char *path, const struct stat *status);

/* Call visit with each path that snapshot_take() looks at: a directory before what is in it, and
 * also what cannot be read. */
void snapshot_visit(const char *policy_dir, const char *library_dir, snapshot_visitor visit,
                    void *context);

struct snapshot_file {
    struct str name;
    struct str content;
};

struct snapshot {
    void *map; /* owned mapping of size bytes */
    size_t size;
    struct snapshot_file *files; /* owned; sorted by name, text borrowed from map */
    size_t count;
};

/* Map what snapshot_take() or snapshot_of_findings() made. Errors: ERR_SYSTEM, ERR_INVALID,
 * ERR_NOMEM. */
MUST_CHECK int snapshot_open(int fd, struct snapshot *ret, struct err *err);
void snapshot_done(struct snapshot *snapshot);

/* The file of that name, or NULL. */
const struct snapshot_file *snapshot_find(const struct snapshot *snapshot, struct str name);

#endif
