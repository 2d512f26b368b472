#include "base/worker_link.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/str.h"

enum { FD_FIRST = WORKER_FD_QUESTIONS, FDS = WORKER_FD_ANSWERS + 1 - FD_FIRST };

_Static_assert(sizeof(struct worker_page) <= 4096, "more than a page");

/* NULL on an error. */
static struct worker_page *page_new(const struct worker_limits *limits, int *ret_fd,
                                    struct err *err)
{
    CLEANUP(fd_close) int fd = memfd_create("worker-page", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    struct worker_page *page;

    /* A worker that made it shorter would end its parent by SIGBUS. */
    if (fd < 0 || ftruncate(fd, sizeof *page) < 0 ||
        fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW) < 0) {
        (void)err_set(err, ERR_SYSTEM, "cannot make a status page: %s", strerror(errno));
        return NULL;
    }
    page = mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (page == MAP_FAILED) {
        (void)err_set(err, ERR_SYSTEM, "cannot map a status page: %s", strerror(errno));
        return NULL;
    }
    page->limits = *limits;
    *ret_fd = fd_take(&fd);
    return page;
}

/* Between fork and exec. */
static void become_worker(const char *program, pid_t parent, const int fds[FDS],
                          struct worker_page *page)
{
    char *const arguments[] = {str_unconst(program), NULL};
    char *const environment[] = {NULL};
    sigset_t none;
    int high[FDS];

    (void)setpgid(0, 0);
    /* Asked for before the check: a parent that is already gone sends no signal any more. */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || getppid() != parent)
        _exit(127);
    /* Out of the way first: they may stand where others have to go. */
    for (int i = 0; i < FDS; i++)
        high[i] = fcntl(fds[i], F_DUPFD_CLOEXEC, FD_FIRST + FDS);
    for (int i = 0; i < FDS; i++)
        if (dup2(high[i], FD_FIRST + i) < 0)
            _exit(127);
    (void)close(STDIN_FILENO);
    (void)close(STDOUT_FILENO);
    (void)syscall(SYS_close_range, FD_FIRST + FDS, ~0U, 0);
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)execve(program, arguments, environment);
    /* The parent has one thread, so all of the C library is safe to use here. */
    (void)snprintf(page->where, sizeof page->where, "%s", strerror(errno));
    page->exit = WORKER_EXIT_SYSTEM;
    _exit(127);
}

static int make_pipe(int *ret_read, int *ret_write)
{
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) < 0)
        return -1;
    *ret_read = ends[0];
    *ret_write = ends[1];
    return 0;
}

int worker_link_start(const char *program, int snapshot_fd, const struct worker_limits *limits,
                      struct worker_link *ret, struct err *err)
{
    CLEANUP(fd_close) int page_fd = -1;
    CLEANUP(fd_close) int asked = -1;
    CLEANUP(fd_close) int answering = -1;
    struct worker_link link = WORKER_LINK_NONE;
    pid_t parent = getpid();

    if (access(program, X_OK) < 0)
        return err_set(err, ERR_SYSTEM, "cannot run the worker %s: %s", program, strerror(errno));
    link.page = page_new(limits, &page_fd, err);
    if (!link.page)
        return -1;
    if (make_pipe(&asked, &link.questions) < 0 || make_pipe(&link.answers, &answering) < 0) {
        err_set(err, ERR_SYSTEM, "cannot make a pipe: %s", strerror(errno));
        worker_link_end(&link);
        return -1;
    }
    link.pid = fork();
    if (link.pid == 0)
        become_worker(program, parent, (const int[FDS]){asked, snapshot_fd, page_fd, answering},
                      link.page);
    if (link.pid > 0)
        link.pidfd = (int)syscall(SYS_pidfd_open, link.pid, 0);
    if (link.pidfd < 0) {
        err_set(err, ERR_SYSTEM, "cannot start the worker %s: %s", program, strerror(errno));
        worker_link_end(&link);
        return -1;
    }
    *ret = link;
    return 0;
}

void worker_link_end(struct worker_link *link)
{
    if (link->pid > 0) {
        (void)kill(link->pid, SIGKILL);
        while (waitpid(link->pid, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    fd_close(&link->questions);
    fd_close(&link->answers);
    fd_close(&link->pidfd);
    if (link->page)
        (void)munmap(link->page, sizeof *link->page);
    *link = WORKER_LINK_NONE;
}

/* 1000000 as "1,000,000": for people. */
static void group_digits(uint64_t number, char *ret, size_t size)
{
    char digits[32];
    int len = snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
    size_t out = 0;

    for (int i = 0; i < len && out + 2 < size; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            ret[out++] = ',';
        ret[out++] = digits[i];
    }
    ret[out] = '\0';
}

/* "used its 1,000,000 instructions", or NULL where no limit of the policy's was met. */
static const char *used_up(const struct worker_page *page, char *ret, size_t size)
{
    char number[40];

    if (page->exit == WORKER_EXIT_INSTRUCTIONS) {
        group_digits(page->limits.instructions, number, sizeof number);
        (void)snprintf(ret, size, "used its %s instructions", number);
        return ret;
    }
    if (page->exit == WORKER_EXIT_LUA_MEMORY) {
        group_digits(page->limits.lua_memory_bytes, number, sizeof number);
        (void)snprintf(ret, size, "used its %s bytes of memory", number);
        return ret;
    }
    return NULL;
}

static void say_limit(enum worker_task task, const char *where, const char *used, char *text,
                      size_t size)
{
    if (task != WORKER_LOADS)
        (void)snprintf(text, size, "%s %s", where[0] ? where : "a policy", used);
    else
        (void)snprintf(text, size, "%s%s: %s while it was loaded", where[0] ? where : "policy.lua",
                       strchr(where, ':') ? "" : ":1", used);
}

static void say_crash(enum worker_task task, const char *where, char *text, size_t size)
{
    if (task == WORKER_WAITS)
        (void)snprintf(text, size, "the policy worker ended while it had nothing to do");
    else if (task == WORKER_DECIDES)
        (void)snprintf(text, size, "the policy worker ended in the middle of %s",
                       where[0] ? where : "the decision");
    else if (where[0])
        (void)snprintf(text, size, "the policy worker ended while it loaded %s", where);
    else
        (void)snprintf(text, size, "the policy worker ended at its start");
}

void worker_link_obituary(const struct worker_link *link, enum worker_task task,
                          const char **reason, char *text, size_t size)
{
    struct worker_page page = *link->page; /* a copy: the other side may still write */
    char used[80];

    page.where[sizeof page.where - 1] = '\0';
    if (used_up(&page, used, sizeof used)) {
        *reason = "limit";
        say_limit(task, page.where, used, text, size);
        return;
    }
    *reason = "crash";
    if (page.exit == WORKER_EXIT_SYSTEM)
        (void)snprintf(text, size, "the policy worker %s: %s",
                       task == WORKER_LOADS ? "could not start" : "could not go on", page.where);
    else
        say_crash(task, page.where, text, size);
}
