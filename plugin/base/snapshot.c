#include "base/snapshot.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/fd.h"
#include "base/snapshot_tree.h"

enum { TRIES_MAX = 8 }; /* at reading files that somebody changes */

/* In the memfd, file after file: this, the name, the content. Written and read by this file only,
 * on one machine. */
struct row {
    uint32_t name_bytes;
    uint32_t content_bytes;
};

struct taking {
    int fd;
    size_t files;
    size_t bytes;
    uint64_t stamp; /* of what was read */
    struct buffer content;
};

static int write_all(int fd, struct str bytes)
{
    while (bytes.len > 0) {
        ssize_t n = write(fd, bytes.ptr, bytes.len);

        if (n < 0 && errno != EINTR)
            return -1;
        if (n > 0)
            bytes = str_skip(bytes, (size_t)n);
    }
    return 0;
}

/* As FNV-1a does: it only has to differ where files differ by chance. */
static uint64_t mix(uint64_t hash, uint64_t value)
{
    return (hash ^ value) * 1099511628211U;
}

/* Which file it is, and which state of it; a directory's is what is in it. Sums are the same in
 * whatever order. */
static void add_stamp(void *context, const char *path, const struct stat *status)
{
    uint64_t hash = mix(mix(14695981039346656037U, status->st_dev), status->st_ino);

    for (; *path; path++)
        hash = mix(hash, (unsigned char)*path);
    if (S_ISREG(status->st_mode)) {
        hash = mix(hash, (uint64_t)status->st_size);
        hash = mix(hash, (uint64_t)status->st_ctim.tv_sec);
        hash = mix(hash, (uint64_t)status->st_ctim.tv_nsec);
    }
    *(uint64_t *)context += hash;
}

static int read_file(const char *path, struct taking *taking, struct err *err)
{
    struct buffer *content = &taking->content;
    struct stat status;
    /* Not to wait for the writer of a FIFO that has taken the place of the file. */
    CLEANUP(fd_close) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t n = 1;

    if (fd < 0 || fstat(fd, &status) < 0)
        return err_set(err, ERR_SYSTEM, "%s: cannot be read: %s", path, strerror(errno));
    if (!S_ISREG(status.st_mode))
        return err_set(err, ERR_SYSTEM, "%s: is not a file any more", path);
    add_stamp(&taking->stamp, path, &status);
    buffer_reset(content, SIZE_MAX);
    while (n != 0) {
        /* One byte more than may be there, so that a file of just the limit shows its end. */
        if (buffer_reserve(content, 1) < 0)
            return err_set(err, ERR_LIMIT, "%s: is over the limit of %d bytes", path,
                           SNAPSHOT_FILE_MAX);
        n = read(fd, content->data + content->len, content->cap - content->len);
        if (n < 0 && errno != EINTR)
            return err_set(err, ERR_SYSTEM, "%s: cannot be read: %s", path, strerror(errno));
        if (n > 0)
            content->len += (size_t)n;
    }
    return 0;
}

static int write_row(int fd, struct str name, struct str content, struct err *err)
{
    const struct row row = {(uint32_t)name.len, (uint32_t)content.len};

    if (write_all(fd, (struct str){(const char *)&row, sizeof row}) < 0 ||
        write_all(fd, name) < 0 || write_all(fd, content) < 0)
        return err_set(err, ERR_SYSTEM, "cannot write the snapshot: %s", strerror(errno));
    return 0;
}

static int put_file(struct taking *taking, const struct snapshot_tree *tree, const char *path,
                    struct err *err)
{
    char name[4096];
    const char *rest = path + strlen(tree->dir); /* which may end with slashes */
    int length = snprintf(name, sizeof name, "%s/%s", tree->name, rest + strspn(rest, "/"));

    if (length < 0 || (size_t)length >= sizeof name)
        return err_set(err, ERR_LIMIT, "%s: the name is too long", path);
    if (read_file(path, taking, err) < 0)
        return -1;
    taking->bytes += taking->content.len;
    if (++taking->files > SNAPSHOT_FILES_MAX || taking->bytes > SNAPSHOT_TOTAL_MAX)
        return err_set(err, ERR_LIMIT, "%s: one file too many: the limit is %d files of %d bytes",
                       path, SNAPSHOT_FILES_MAX, SNAPSHOT_TOTAL_MAX);
    return write_row(taking->fd, (struct str){name, (size_t)length}, buffer_view(&taking->content),
                     err);
}

static int take_entry(struct taking *taking, const struct snapshot_tree *tree, FTS *fts,
                      FTSENT *entry, struct err *err)
{
    if (!snapshot_tree_takes(tree, entry)) {
        (void)fts_set(fts, entry, FTS_SKIP);
        return 0;
    }
    if (entry->fts_info != FTS_F && entry->fts_info != FTS_DP)
        add_stamp(&taking->stamp, entry->fts_path, entry->fts_statp);
    switch (entry->fts_info) {
    case FTS_F:
        return snapshot_tree_takes_file(entry) ? put_file(taking, tree, entry->fts_path, err) : 0;
    case FTS_D:
    case FTS_DEFAULT:
        /* Passed over, what is not there would be missed by nobody. */
        if (entry->fts_level > FTS_ROOTLEVEL && snapshot_tree_takes_file(entry))
            return err_set(err, ERR_INVALID, "%s: is not a file", entry->fts_path);
        return 0;
    case FTS_NS:
    case FTS_ERR:
    case FTS_DNR:
        if (entry->fts_level == FTS_ROOTLEVEL && entry->fts_errno == ENOENT && !tree->required)
            return 0;
        return err_set(err, ERR_SYSTEM, "%s: cannot be read: %s", entry->fts_path,
                       strerror(entry->fts_errno));
    case FTS_DC:
        return err_set(err, ERR_INVALID, "%s: a symbolic link leads back to a directory above it",
                       entry->fts_path);
    case FTS_SLNONE:
        return err_set(err, ERR_INVALID, "%s: a symbolic link leads nowhere", entry->fts_path);
    default:
        return 0;
    }
}

static int take_tree(struct taking *taking, const struct snapshot_tree *tree, struct err *err)
{
    CLEANUP(snapshot_tree_close) FTS *fts = snapshot_tree_open(tree);
    FTSENT *entry;

    if (!fts)
        return err_set(err, ERR_SYSTEM, "%s: cannot be read: %s", tree->dir, strerror(errno));
    while ((entry = fts_read(fts)))
        if (take_entry(taking, tree, fts, entry, err) < 0)
            return -1;
    /* 0 at the end: fts_read(3). A set without some of its rules would allow more. */
    if (errno != 0)
        return err_set(err, ERR_SYSTEM, "%s: cannot be read: %s", tree->dir, strerror(errno));
    return 0;
}

/* A set whose content differs from what was written would be another set. */
static int seal(int fd, struct err *err)
{
    if (fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) < 0)
        return err_set(err, ERR_SYSTEM, "cannot seal the snapshot: %s", strerror(errno));
    return 0;
}

static int take_trees(const struct snapshot_tree trees[2], int *ret_fd, uint64_t *ret_stamp,
                      struct err *err)
{
    CLEANUP(fd_close) int fd = memfd_create("policy-set", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    struct taking taking = {.fd = fd};
    int status = 0;

    if (fd < 0)
        return err_set(err, ERR_SYSTEM, "cannot make a snapshot: %s", strerror(errno));
    buffer_init(&taking.content, SNAPSHOT_FILE_MAX + 1);
    for (size_t i = 0; i < 2 && status == 0; i++) {
        status = snapshot_tree_check(&trees[i], err);
        if (status == 0)
            status = take_tree(&taking, &trees[i], err);
    }
    buffer_done(&taking.content);
    if (status < 0 || seal(fd, err) < 0)
        return -1;
    *ret_stamp = taking.stamp;
    *ret_fd = fd_take(&fd);
    return 0;
}

int snapshot_of_findings(struct str findings, int *ret_fd, struct err *err)
{
    CLEANUP(fd_close) int fd = memfd_create("policy-findings", MFD_CLOEXEC | MFD_ALLOW_SEALING);

    if (fd < 0)
        return err_set(err, ERR_SYSTEM, "cannot make a snapshot: %s", strerror(errno));
    if (write_row(fd, STR(SNAPSHOT_FINDINGS), findings, err) < 0 || seal(fd, err) < 0)
        return -1;
    *ret_fd = fd_take(&fd);
    return 0;
}

static uint64_t stamp(const struct snapshot_tree trees[2])
{
    uint64_t sum = 0;

    snapshot_tree_visit(&trees[0], add_stamp, &sum);
    snapshot_tree_visit(&trees[1], add_stamp, &sum);
    return sum;
}

int snapshot_take(const char *policy_dir, const char *library_dir, int *ret_fd, struct err *err)
{
    const struct snapshot_tree trees[] = {snapshot_tree_policy(policy_dir),
                                          snapshot_tree_library(library_dir)};
    uint64_t before = 0;

    for (int i = 0; i < TRIES_MAX; i++) {
        CLEANUP(fd_close) int fd = -1;
        uint64_t taken = before;
        int status = take_trees(trees, &fd, &taken, err);
        uint64_t after = stamp(trees);

        /* Each file is at the end what it was when it was read: so they stood there together. What
         * cannot be taken is told when it stays so. */
        if (taken == after) {
            if (status == 0)
                *ret_fd = fd_take(&fd);
            return status;
        }
        before = after;
    }
    return err_set(err, ERR_SYSTEM, "%s: the files do not stop changing while they are read",
                   policy_dir);
}

void snapshot_visit(const char *policy_dir, const char *library_dir, snapshot_visitor visit,
                    void *context)
{
    const struct snapshot_tree trees[] = {snapshot_tree_policy(policy_dir),
                                          snapshot_tree_library(library_dir)};

    snapshot_tree_visit(&trees[0], visit, context);
    snapshot_tree_visit(&trees[1], visit, context);
}

static int by_name(const void *a, const void *b)
{
    return str_cmp(((const struct snapshot_file *)a)->name,
                   ((const struct snapshot_file *)b)->name);
}

/* The file that *rest begins with; returns 0, or -1 when it is cut off. */
static int next_file(struct str *rest, struct snapshot_file *ret)
{
    struct row row;

    if (rest->len < sizeof row)
        return -1;
    memcpy(&row, rest->ptr, sizeof row);
    *rest = str_skip(*rest, sizeof row);
    if (row.name_bytes > rest->len || row.content_bytes > rest->len - row.name_bytes)
        return -1;
    ret->name = str_take(*rest, row.name_bytes);
    ret->content = str_take(str_skip(*rest, row.name_bytes), row.content_bytes);
    *rest = str_skip(*rest, (size_t)row.name_bytes + row.content_bytes);
    return 0;
}

static int list_files(struct snapshot *snapshot, struct err *err)
{
    struct str all = {snapshot->map, snapshot->size};
    struct str rest = all;
    struct snapshot_file file;
    size_t count = 0;

    for (; rest.len > 0; count++)
        if (next_file(&rest, &file) < 0)
            return err_set(err, ERR_INVALID, "the snapshot is cut off");
    snapshot->files = calloc(count ? count : 1, sizeof *snapshot->files);
    if (!snapshot->files)
        return err_set(err, ERR_NOMEM, "no memory for a list of %zu files", count);
    for (rest = all; snapshot->count < count; snapshot->count++)
        if (next_file(&rest, &snapshot->files[snapshot->count]) < 0)
            return err_set(err, ERR_INVALID, "the snapshot has changed");
    qsort(snapshot->files, snapshot->count, sizeof *snapshot->files, by_name);
    return 0;
}

int snapshot_open(int fd, struct snapshot *ret, struct err *err)
{
    struct snapshot snapshot = {0};
    struct stat status;

    if (fstat(fd, &status) < 0)
        return err_set(err, ERR_SYSTEM, "cannot open the snapshot: %s", strerror(errno));
    snapshot.size = (size_t)status.st_size;
    if (snapshot.size > 0) {
        snapshot.map = mmap(NULL, snapshot.size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (snapshot.map == MAP_FAILED)
            return err_set(err, ERR_SYSTEM, "cannot map the snapshot: %s", strerror(errno));
    }
    if (list_files(&snapshot, err) < 0) {
        snapshot_done(&snapshot);
        return -1;
    }
    *ret = snapshot;
    return 0;
}

void snapshot_done(struct snapshot *snapshot)
{
    free(snapshot->files);
    if (snapshot->map)
        (void)munmap(snapshot->map, snapshot->size);
    *snapshot = (struct snapshot){0};
}

const struct snapshot_file *snapshot_find(const struct snapshot *snapshot, struct str name)
{
    struct snapshot_file key = {.name = name};

    return bsearch(&key, snapshot->files, snapshot->count, sizeof key, by_name);
}
