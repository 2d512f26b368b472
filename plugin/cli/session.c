#include "cli/session.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>

#include "base/fd.h"
#include "base/frame.h"
#include "base/install.h"
#include "base/snapshot.h"

enum {
    LOAD_TIMEOUT_MS = 10000,
    FINDINGS_MAX_BYTES = 1024 * 1024,
    /* A frame and the chunk that it is read in. */
    INPUT_MAX_BYTES = FRAME_PAYLOAD_MAX + 128 * 1024,
};

/* As frame_read(). */
static int hear(struct session *session, int timeout_ms, struct frame *ret, struct err *err)
{
    return frame_read(session->worker.answers, timeout_ms, &session->input, ret, err);
}

static int take_findings(struct session *session, struct str text, struct err *err)
{
    buffer_reset(&session->findings, SIZE_MAX);
    if (buffer_str(&session->findings, text) < 0)
        return err_set(err, ERR_NOMEM, "no memory for %zu bytes of findings", text.len);
    return 0;
}

static int start_worker(struct session *session, struct err *err);

/* The worker has ended before its first word. A set that took it past a limit will do so with any
 * other: from now on its place is taken by what says so, whose workers refuse. */
static int take_end(struct session *session, struct err *err)
{
    const char *reason;
    size_t len;

    worker_link_obituary(&session->worker, WORKER_LOADS, &reason, session->words,
                         sizeof session->words - 1);
    worker_link_end(&session->worker);
    if (strcmp(reason, "limit") != 0)
        return err_set(err, ERR_SYSTEM, "the worker does not come up: %s", session->words);
    len = strlen(session->words);
    session->words[len++] = '\n';
    fd_close(&session->snapshot);
    if (snapshot_of_findings((struct str){session->words, len}, &session->snapshot, err) < 0)
        return -1;
    return start_worker(session, err);
}

/* A worker that is ready to be asked, whether the set loads or not. */
static int start_worker(struct session *session, struct err *err)
{
    struct worker_limits limits = settings_limits(session->settings);
    char program[PATH_MAX];
    struct frame frame;

    limits.takes_time = true;
    limits.captures = false; /* nobody keeps them here */
    if (install_worker(program, sizeof program, err) < 0 ||
        worker_link_start(program, session->snapshot, &limits, &session->worker, err) < 0)
        return -1;
    if (hear(session, LOAD_TIMEOUT_MS, &frame, err) <= 0)
        return take_end(session, err);
    if (frame.type != FRAME_READY && frame.type != FRAME_FAILED)
        return err_set(err, ERR_INVALID, "the worker's first word is of type %d", frame.type);
    session->loaded = frame.type == FRAME_READY;
    return take_findings(session, frame.payload, err);
}

int session_open(const struct settings *settings, struct session *ret, struct err *err)
{
    *ret = (struct session){
        .settings = settings,
        .snapshot = -1,
        .worker = WORKER_LINK_NONE,
    };
    buffer_init(&ret->input, INPUT_MAX_BYTES);
    buffer_init(&ret->findings, FINDINGS_MAX_BYTES);
    if (snapshot_take(settings->policy, settings->library, &ret->snapshot, err) < 0 ||
        start_worker(ret, err) < 0) {
        session_close(ret);
        return -1;
    }
    return 0;
}

void session_close(struct session *session)
{
    worker_link_end(&session->worker);
    fd_close(&session->snapshot);
    buffer_done(&session->input);
    buffer_done(&session->findings);
}

/* The answer in place of a worker that is gone or too slow; it is replaced. */
static int replace_worker(struct session *session, bool timed_out, struct verdict *ret,
                          struct err *err)
{
    const char *reason = "deadline";
    char text[400];

    if (timed_out)
        (void)snprintf(text, sizeof text, "the decision took longer than its %llu ms",
                       (unsigned long long)session->settings->decision_timeout_ms);
    else
        worker_link_obituary(&session->worker, WORKER_DECIDES, &reason, text, sizeof text);
    worker_link_end(&session->worker);
    if (start_worker(session, err) < 0)
        return -1;
    (void)snprintf(session->words, sizeof session->words, "[%s] %s", reason, text);
    *ret = (struct verdict){.reason = str_from(reason), .msg = str_from(session->words)};
    return 0;
}

int session_lint(struct session *session, struct err *err)
{
    const struct frame question = {.type = FRAME_LINT, .id = 1};
    struct frame answer;
    const char *reason;

    if (!session->loaded)
        return 0;
    if (frame_write(session->worker.questions, &question, err) < 0)
        return -1;
    if (hear(session, LOAD_TIMEOUT_MS, &answer, err) > 0 && answer.type == FRAME_FINDINGS) {
        if (buffer_str(&session->findings, answer.payload) == 0)
            return 0;
        return err_set(err, ERR_NOMEM, "no memory for %zu bytes of findings", answer.payload.len);
    }
    worker_link_obituary(&session->worker, WORKER_DECIDES, &reason, session->words,
                         sizeof session->words);
    (void)buffer_printf(&session->findings, "%s, when tried on an ordinary call\n", session->words);
    return 0;
}

/* The worker has ended, or ends within a moment: its pipes may close before it is gone. */
static bool has_ended(const struct session *session)
{
    struct pollfd end = {.fd = session->worker.pidfd, .events = POLLIN};

    return poll(&end, 1, 100) > 0;
}

/* Ask the worker. Returns 1 with an answer of the wanted type, or 0: it was lost on the way, and
 * *lost says so; or -1. */
static int exchange(struct session *session, const struct frame *question, enum frame_type wanted,
                    struct frame *ret, struct verdict *lost, struct err *err)
{
    int status;

    if (frame_write(session->worker.questions, question, err) < 0)
        return replace_worker(session, false, lost, err);
    status = hear(session, (int)session->settings->decision_timeout_ms, ret, err);
    if (status <= 0)
        return replace_worker(session, status < 0 && err->code == ERR_LIMIT && !has_ended(session),
                              lost, err);
    if (ret->type != wanted || ret->id != question->id)
        return replace_worker(session, false, lost, err);
    return 1;
}

int session_decide(struct session *session, struct str message, struct verdict *ret,
                   struct err *err)
{
    const struct frame question = {.type = FRAME_DECIDE, .id = 1, .payload = message};
    struct frame answer;
    int status = exchange(session, &question, FRAME_VERDICT, &answer, ret, err);

    if (status > 0 && verdict_decode(answer.payload, ret, err) < 0)
        return replace_worker(session, false, ret, err);
    return status < 0 ? -1 : 0;
}

int session_explain(struct session *session, struct str message, struct verdict *lost,
                    struct str *ret, struct err *err)
{
    const struct frame question = {.type = FRAME_EXPLAIN, .id = 1, .payload = message};
    struct frame answer;
    int status = exchange(session, &question, FRAME_EXPLANATION, &answer, lost, err);

    if (status > 0)
        *ret = answer.payload;
    return status;
}
