#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "worker/harden.h"
#include "worker/serve.h"

enum { EXIT_FAILED = 1, EXIT_USAGE = 2 };

/* Whether this process was born as worker_link_start() does it. */
static bool is_child_of_ours(void)
{
    struct stat questions;
    struct stat snapshot;
    struct stat page;
    struct stat answers;

    return fstat(WORKER_FD_QUESTIONS, &questions) == 0 && S_ISFIFO(questions.st_mode) &&
           fstat(WORKER_FD_ANSWERS, &answers) == 0 && S_ISFIFO(answers.st_mode) &&
           fstat(WORKER_FD_SNAPSHOT, &snapshot) == 0 && S_ISREG(snapshot.st_mode) &&
           fstat(WORKER_FD_PAGE, &page) == 0 && S_ISREG(page.st_mode) &&
           page.st_size >= (off_t)sizeof(struct worker_page);
}

/* Sanitizers need files, memory and calls that a hardened worker does not have. */
#ifdef AUTHZ_UNHARDENED
static int give_up_rights(struct worker_page *page, pid_t parent, struct err *err)
{
    (void)page;
    (void)parent;
    (void)err;
    return 0;
}
#else
static int give_up_rights(struct worker_page *page, pid_t parent, struct err *err)
{
    const struct harden_options options = {page->limits.address_space_bytes, parent};

    return harden(&options, page->missing, sizeof page->missing, err);
}
#endif

static int by_byte(const void *a, const void *b)
{
    return *(const char *)a - *(const char *)b;
}

/* The C library asks the system for a few things once, and late: malloc() for random bytes with its
 * first block (malloc/malloc.c, tcache_key_initialize), qsort() for the size of the memory when it
 * first sorts more than 1 KiB (stdlib/msort.c, before glibc 2.37). Without their calls the seccomp
 * filter would end the worker, in the middle of some decision. They are not worth a hole in the
 * filter: what is asked for once is had before. */
static void warm_up(void)
{
    char bytes[2048] = {0};
    void *volatile block = malloc(1); /* volatile: not to be optimized away */

    free(block);
    qsort(bytes, sizeof bytes, 1, by_byte);
}

static int start(struct serve *serve, struct snapshot *snapshot, struct worker_page *page,
                 pid_t parent, struct err *err)
{
    struct err unreadable;
    bool readable = snapshot_open(WORKER_FD_SNAPSHOT, snapshot, &unreadable) == 0;

    (void)close(WORKER_FD_SNAPSHOT);
    if (serve_init(serve, page, err) < 0)
        return -1;
    if (!readable)
        (void)buffer_str(&serve->findings, str_from(unreadable.msg));
    warm_up();
    /* Before the first line of a policy is run. */
    if (give_up_rights(page, parent, err) < 0)
        return -1;
    if (readable)
        serve_load(serve, snapshot);
    return serve_report(serve, err);
}

/* Words for the parent, which says them to people. */
static int fail(struct worker_page *page, const struct err *err)
{
    (void)snprintf(page->where, sizeof page->where, "%.*s", (int)sizeof page->where - 1, err->msg);
    page->exit = WORKER_EXIT_SYSTEM;
    return EXIT_FAILED;
}

int main(void)
{
    struct serve serve = {0};
    struct snapshot snapshot = {0};
    struct worker_page *page;
    pid_t parent = getppid();
    struct err err;
    int status = 0;

    if (!is_child_of_ours()) {
        (void)fputs("lua-authz-worker: started by lua-authzd and lua-authz only; to try a policy, "
                    "use lua-authz decide\n",
                    stderr);
        return EXIT_USAGE;
    }
    page = mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED, WORKER_FD_PAGE, 0);
    if (page == MAP_FAILED) {
        (void)fprintf(stderr, "lua-authz-worker: cannot map the status page: %s\n",
                      strerror(errno));
        return EXIT_FAILED;
    }
    (void)close(WORKER_FD_PAGE);
    if (start(&serve, &snapshot, page, parent, &err) < 0 || serve_run(&serve, &err) < 0)
        status = fail(page, &err);
    serve_done(&serve);
    snapshot_done(&snapshot);
    return status;
}
