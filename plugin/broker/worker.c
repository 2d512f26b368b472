#include "broker/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/fd.h"

enum {
    READ_BYTES = 16 * 1024,
    IN_MAX_BYTES = 1024 * 1024, /* of one frame: verdicts and findings are far smaller */
    IN_KEEP_BYTES = READ_BYTES,
    PIPE_BYTES = 1024 * 1024, /* so that a large body takes few rounds */
};

static enum worker_task task_in(enum worker_state state)
{
    if (state == WORKER_STARTING)
        return WORKER_LOADS;
    return state == WORKER_BUSY ? WORKER_DECIDES : WORKER_WAITS;
}

static void lose(struct worker *worker, const char *wrong)
{
    struct call *call = worker->call;
    enum worker_state was = worker->state;
    const char *reason = "crash";
    char text[512];

    if (wrong)
        (void)snprintf(text, sizeof text, "the policy worker was ended: %s", wrong);
    else
        worker_link_obituary(&worker->link, task_in(was), &reason, text, sizeof text);
    worker_kill(worker);
    worker->ops->lost(worker, call, was, reason, text);
}

/* A frame that is not the one due is a worker gone mad, or taken over. */
static void on_frame(struct worker *worker, const struct frame *frame)
{
    struct call *call = worker->call;
    struct verdict verdict;
    struct err err;

    if (worker->state == WORKER_STARTING &&
        (frame->type == FRAME_READY || frame->type == FRAME_FAILED)) {
        worker->state = WORKER_IDLE;
        loop_timer_stop(&worker->timer);
        worker->ops->ready(worker, frame);
    } else if (worker->state != WORKER_BUSY || frame->type != FRAME_VERDICT) {
        lose(worker, "it spoke out of turn");
    } else if (frame->id != call->number ||
               worker->sent != sizeof worker->header + call->body.len) {
        lose(worker, "it answered what it was not asked");
    } else if (verdict_decode(frame->payload, &verdict, &err) < 0) {
        lose(worker, err.msg);
    } else {
        worker->state = WORKER_IDLE;
        worker->call = NULL;
        call->worker = NULL;
        worker->ops->verdict(worker, call, &verdict);
    }
}

static void on_bytes(struct worker *worker)
{
    struct frame frame;
    struct err err;
    size_t used;
    int status = frame_decode(buffer_view(&worker->in), &frame, &used, &err);

    if (status < 0) {
        lose(worker, err.msg);
    } else if (status > 0 && used < worker->in.len) {
        lose(worker, "bytes follow its frame");
    } else if (status > 0) {
        /* The frame borrows from the bytes; nobody else adds to them meanwhile. */
        on_frame(worker, &frame);
        buffer_reset(&worker->in, IN_KEEP_BYTES);
    }
}

static void read_answer(struct worker *worker)
{
    struct buffer *in = &worker->in;
    ssize_t n;

    if (buffer_reserve(in, in->len < READ_BYTES ? READ_BYTES - in->len : READ_BYTES) < 0) {
        lose(worker, "its frame is too long");
        return;
    }
    n = read(worker->link.answers, in->data + in->len, in->cap - in->len);
    if (n > 0) {
        in->len += (size_t)n;
        on_bytes(worker);
    } else if (n == 0 || (errno != EAGAIN && errno != EINTR))
        lose(worker, NULL);
}

/* Send what is left of the question. Returns 0, or -1: nobody is there. */
static int send_rest(struct worker *worker)
{
    struct str head =
        str_skip((struct str){(const char *)worker->header, sizeof worker->header}, worker->sent);
    struct str rest = str_skip(buffer_view(&worker->call->body),
                               worker->sent - (sizeof worker->header - head.len));
    struct iovec parts[2] = {{str_unconst(head.ptr), head.len}, {str_unconst(rest.ptr), rest.len}};
    ssize_t n = writev(worker->link.questions, parts, 2);

    if (n < 0)
        return errno == EAGAIN || errno == EINTR ? 0 : -1;
    worker->sent += (size_t)n;
    return 0;
}

static bool all_sent(const struct worker *worker)
{
    return worker->sent == sizeof worker->header + worker->call->body.len;
}

static void on_answer(struct loop_watch *watch, uint32_t events)
{
    (void)events;
    read_answer((struct worker *)((char *)watch - offsetof(struct worker, answers)));
}

static void on_room(struct loop_watch *watch, uint32_t events)
{
    struct worker *worker = (struct worker *)((char *)watch - offsetof(struct worker, questions));

    (void)events;
    if (send_rest(worker) < 0)
        lose(worker, NULL);
    else if (all_sent(worker))
        loop_unwatch(worker->loop, watch);
}

static void on_end(struct loop_watch *watch, uint32_t events)
{
    struct worker *worker = (struct worker *)((char *)watch - offsetof(struct worker, end));

    (void)events;
    worker->ops->gone(worker);
}

/* The pipes are blocking ones, and small. */
static int open_up(const struct worker_link *link, struct err *err)
{
    /* The kernel may give less: more rounds then. */
    (void)fcntl(link->questions, F_SETPIPE_SZ, PIPE_BYTES);
    if (fcntl(link->questions, F_SETFL, O_NONBLOCK) < 0 ||
        fcntl(link->answers, F_SETFL, O_NONBLOCK) < 0)
        return err_set(err, ERR_SYSTEM, "cannot open up a pipe: %s", strerror(errno));
    return 0;
}

int worker_start(struct loop *loop, const char *program, int snapshot_fd,
                 const struct worker_limits *limits, struct worker **ret, struct err *err)
{
    struct worker *worker = calloc(1, sizeof *worker);

    if (!worker)
        return err_set(err, ERR_NOMEM, "no memory for a worker");
    worker->loop = loop;
    buffer_init(&worker->in, IN_MAX_BYTES);
    if (worker_link_start(program, snapshot_fd, limits, &worker->link, err) < 0) {
        free(worker);
        return -1;
    }
    worker->questions = (struct loop_watch){worker->link.questions, on_room};
    worker->answers = (struct loop_watch){worker->link.answers, on_answer};
    worker->end = (struct loop_watch){worker->link.pidfd, on_end};
    /* Of its end it is told only once that is awaited: the pipe of its answers says it first. */
    if (open_up(&worker->link, err) < 0 || loop_watch(loop, &worker->answers, EPOLLIN, err) < 0 ||
        loop_watch(loop, &worker->end, 0, err) < 0) {
        worker_free(worker);
        return -1;
    }
    *ret = worker;
    return 0;
}

int worker_ask(struct worker *worker, struct call *call)
{
    struct frame frame = {call->stage == CALL_RESPONSE ? FRAME_DESCRIBE : FRAME_DECIDE,
                          call->number, buffer_view(&call->body)};
    struct err err;

    frame_header(&frame, worker->header);
    worker->link.page->told_bytes = 0;
    worker->call = call;
    worker->sent = 0;
    if (send_rest(worker) < 0 ||
        (!all_sent(worker) && loop_watch(worker->loop, &worker->questions, EPOLLOUT, &err) < 0)) {
        worker->call = NULL;
        /* It may be there, where the kernel had no memory: make sure that its loss is noticed. */
        (void)kill(worker->link.pid, SIGKILL);
        return -1;
    }
    call->worker = worker;
    worker->state = WORKER_BUSY;
    return 0;
}

/* The other side may still write: what was copied is what counts. */
static void take_told(const struct worker_page *page, struct call *call)
{
    uint32_t bytes = __atomic_load_n(&page->told_bytes, __ATOMIC_ACQUIRE);

    buffer_init(&call->told, sizeof page->told);
    if (bytes <= sizeof page->told)
        (void)buffer_append(&call->told, page->told, bytes);
}

static void part_from_call(struct worker *worker)
{
    if (!worker->call)
        return;
    take_told(worker->link.page, worker->call);
    worker->call->worker = NULL;
    worker->call = NULL;
}

void worker_kill(struct worker *worker)
{
    if (worker->state == WORKER_ENDING)
        return;
    worker->state = WORKER_ENDING;
    part_from_call(worker);
    loop_timer_stop(&worker->timer);
    loop_unwatch(worker->loop, &worker->questions);
    loop_unwatch(worker->loop, &worker->answers);
    (void)kill(worker->link.pid, SIGKILL);
    /* Collected when it has ended: that may take ms, for which nobody else is to wait. */
    loop_rewatch(worker->loop, &worker->end, EPOLLIN);
}

void worker_free(struct worker *worker)
{
    if (!worker)
        return;
    loop_timer_stop(&worker->timer);
    if (worker->link.questions >= 0)
        loop_unwatch(worker->loop, &worker->questions);
    if (worker->link.answers >= 0)
        loop_unwatch(worker->loop, &worker->answers);
    if (worker->link.pidfd >= 0)
        loop_unwatch(worker->loop, &worker->end);
    worker_link_end(&worker->link);
    buffer_done(&worker->in);
    free(worker);
}

void worker_where(const struct worker *worker, char *ret, size_t size)
{
    char where[sizeof worker->link.page->where];

    memcpy(where, worker->link.page->where, sizeof where); /* the other side may still write */
    where[sizeof where - 1] = '\0';
    (void)snprintf(ret, size, "%s", where);
}

uint64_t worker_resident_bytes(const struct worker *worker)
{
    char path[40];
    char text[128];
    CLEANUP(fd_close) int fd = -1;
    const char *pages;
    ssize_t n;

    (void)snprintf(path, sizeof path, "/proc/%ld/statm", (long)worker->link.pid);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    n = fd >= 0 ? read(fd, text, sizeof text - 1) : -1;
    if (n <= 0)
        return 0;
    text[n] = '\0';
    /* proc(5): the second number is the resident set, in pages. */
    pages = strchr(text, ' ');
    return pages ? strtoull(pages, NULL, 10) * (uint64_t)sysconf(_SC_PAGESIZE) : 0;
}
