#include "base/snapshot_tree.h"

#include <errno.h>
#include <string.h>

static const char *const policy_tops[] = {"policy.lua", "rules", "data", "lib", NULL};
static const char *const library_tops[] = {"profiles", "rules", "lib", "recipes", NULL};

struct snapshot_tree snapshot_tree_policy(const char *dir)
{
    return (struct snapshot_tree){"policy", dir, policy_tops, false};
}

struct snapshot_tree snapshot_tree_library(const char *dir)
{
    return (struct snapshot_tree){"library", dir, library_tops, true};
}

int snapshot_tree_check(const struct snapshot_tree *tree, struct err *err)
{
    struct stat status;

    if (stat(tree->dir, &status) < 0)
        return errno == ENOENT && !tree->required
                   ? 0
                   : err_set(err, ERR_SYSTEM, "%s: cannot be read: %s", tree->dir, strerror(errno));
    if (!S_ISDIR(status.st_mode))
        return err_set(err, ERR_INVALID, "%s: is not a directory", tree->dir);
    return 0;
}

FTS *snapshot_tree_open(const struct snapshot_tree *tree)
{
    char *const roots[] = {str_unconst(tree->dir), NULL};

    return fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, NULL);
}

void snapshot_tree_close(FTS **fts)
{
    if (*fts)
        (void)fts_close(*fts);
}

static bool is_top(const struct snapshot_tree *tree, const char *name)
{
    for (const char *const *top = tree->tops; *top; top++)
        if (strcmp(name, *top) == 0)
            return true;
    return false;
}

bool snapshot_tree_takes(const struct snapshot_tree *tree, const FTSENT *entry)
{
    if (entry->fts_level == FTS_ROOTLEVEL)
        return true;
    return entry->fts_name[0] != '.' &&
           (entry->fts_level > FTS_ROOTLEVEL + 1 || is_top(tree, entry->fts_name));
}

bool snapshot_tree_takes_file(const FTSENT *entry)
{
    struct str name = str_from(entry->fts_name);

    return str_ends(name, STR(".lua")) || str_ends(name, STR(".json"));
}

void snapshot_tree_visit(const struct snapshot_tree *tree, snapshot_visitor visit, void *context)
{
    CLEANUP(snapshot_tree_close) FTS *fts = snapshot_tree_open(tree);
    FTSENT *entry;

    while (fts && (entry = fts_read(fts))) {
        if (!snapshot_tree_takes(tree, entry))
            (void)fts_set(fts, entry, FTS_SKIP);
        else if (entry->fts_info != FTS_DP &&
                 (entry->fts_info != FTS_F || snapshot_tree_takes_file(entry)))
            visit(context, entry->fts_path, entry->fts_statp);
    }
}
