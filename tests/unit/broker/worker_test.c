#include "broker/worker.h"

#include <errno.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/snapshot.h"
#include "check.h"

static struct loop loop;
static bool is_full; /* the kernel has no memory for what is sent */
static bool is_ready;
static bool is_lost;

/* In place of writev(). */
ssize_t __real_writev(int fd, const struct iovec *parts, int count);
ssize_t __wrap_writev(int fd, const struct iovec *parts, int count);

ssize_t __wrap_writev(int fd, const struct iovec *parts, int count)
{
    if (!is_full)
        return __real_writev(fd, parts, count);
    errno = ENOMEM;
    return -1;
}

static void on_ready(struct worker *worker, const struct frame *frame)
{
    (void)worker;
    (void)frame;
    is_ready = true;
    loop_stop(&loop);
}

static void on_verdict(struct worker *worker, struct call *call, const struct verdict *verdict)
{
    (void)worker;
    (void)call;
    (void)verdict;
    CHECK(false); /* it was asked nothing */
}

static void on_lost(struct worker *worker, struct call *call, enum worker_state was,
                    const char *reason, const char *text)
{
    (void)worker;
    CHECK(!call);
    CHECK(was == WORKER_IDLE);
    CHECK(strcmp(reason, "crash") == 0);
    CHECK(*text);
    is_lost = true;
    loop_stop(&loop);
}

static void on_gone(struct worker *worker)
{
    (void)worker;
}

static void one_that_cannot_be_asked_is_lost(void)
{
    static const struct worker_ops ops = {on_ready, on_verdict, on_lost, on_gone};
    const struct worker_limits limits = {0};
    struct worker *worker;
    struct call call = {.stage = CALL_REQUEST};
    struct err err;
    int snapshot_fd;

    CHECK(loop_init(&loop, &err) == 0);
    CHECK(snapshot_of_findings(STR("policy.lua:1: odd\n"), &snapshot_fd, &err) == 0);
    CHECK(worker_start(&loop, SCRIPTED_WORKER, snapshot_fd, &limits, &worker, &err) == 0);
    worker->ops = &ops;
    CHECK(loop_run(&loop, &err) == 0);
    CHECK(is_ready);
    is_full = true;
    CHECK(worker_ask(worker, &call) == -1);
    is_full = false;
    loop.stopped = false;
    CHECK(loop_run(&loop, &err) == 0);
    CHECK(is_lost);
    worker_free(worker);
    CHECK(close(snapshot_fd) == 0);
    loop_done(&loop);
}

int main(void)
{
    one_that_cannot_be_asked_is_lost();
    return 0;
}
