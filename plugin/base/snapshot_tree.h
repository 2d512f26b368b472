#ifndef BASE_SNAPSHOT_TREE_H
#define BASE_SNAPSHOT_TREE_H

#include <fts.h>
#include <stdbool.h>

#include "base/snapshot.h"

/* A directory that a snapshot is taken of: what of it is taken, and the way through it. */
struct snapshot_tree {
    const char *name; /* what it is called in the snapshot */
    const char *dir;  /* borrowed */
    const char *const *tops;
    bool required;
};

struct snapshot_tree snapshot_tree_policy(const char *dir);
struct snapshot_tree snapshot_tree_library(const char *dir);

/* Errors: ERR_SYSTEM, ERR_INVALID. One that may be missing is no error. */
MUST_CHECK int snapshot_tree_check(const struct snapshot_tree *tree, struct err *err);

/* NULL where there is no memory. */
FTS *snapshot_tree_open(const struct snapshot_tree *tree);
/* For CLEANUP(). */
void snapshot_tree_close(FTS **fts);

/* Whether anything of the entry is taken; and of a file, its content. */
bool snapshot_tree_takes(const struct snapshot_tree *tree, const FTSENT *entry);
bool snapshot_tree_takes_file(const FTSENT *entry);

/* As snapshot_visit() does. */
void snapshot_tree_visit(const struct snapshot_tree *tree, snapshot_visitor visit, void *context);

#endif
