#include "worker/serve.h"

#include "base/frame.h"
#include "base/trail.h"
#include "base/utc.h"
#include "policy/lint.h"
#include "worker/answer.h"
#include "worker/explain.h"
#include "worker/facts.h"

enum {
    FINDINGS_MAX_BYTES = 256 * 1024,
    OUTPUT_MAX_BYTES = FRAME_PAYLOAD_MAX,
    CAPTURE_MAX_BYTES = TRAIL_LINE_MAX,
    /* A frame and the chunk that it is read in. */
    INPUT_MAX_BYTES = FRAME_PAYLOAD_MAX + 128 * 1024,
    WORDS_MAX_BYTES = 64 * 1024,
    /* Memory that stays from one request to the next: for each page given back the next large
     * request would fault again, which takes longer than to read it. */
    KEEP_BYTES = 16 * 1024 * 1024,
};

int serve_init(struct serve *serve, struct worker_page *page, struct err *err)
{
    *serve = (struct serve){.page = page};
    buffer_init(&serve->input, INPUT_MAX_BYTES);
    buffer_init(&serve->output, OUTPUT_MAX_BYTES);
    buffer_init(&serve->findings, FINDINGS_MAX_BYTES);
    capture_init(&serve->capture);
    if (arena_init(&serve->words, WORDS_MAX_BYTES, err) < 0)
        return -1;
    return arena_init(&serve->arena, (size_t)page->limits.read_memory_bytes, err);
}

void serve_load(struct serve *serve, const struct snapshot *snapshot)
{
    const struct snapshot_file *findings = snapshot_find(snapshot, STR(SNAPSHOT_FINDINGS));

    if (findings)
        (void)buffer_str(&serve->findings, findings->content);
    else if (policy_set_load(snapshot, serve->page, &serve->set, &serve->findings) == 0)
        policy_set_warm_up(serve->set, ACTION_CONTAINER_CREATE);
}

int serve_report(struct serve *serve, struct err *err)
{
    const struct frame frame = {
        .type = serve->set ? FRAME_READY : FRAME_FAILED,
        .payload = buffer_view(&serve->findings),
    };

    return frame_write(WORKER_FD_ANSWERS, &frame, err);
}

static int lint(struct serve *serve, const struct frame *question, struct err *err)
{
    struct frame frame = {.type = FRAME_FINDINGS, .id = question->id};

    buffer_reset(&serve->output, KEEP_BYTES);
    if (serve->set && lint_set(serve->set, &serve->arena, &serve->output) < 0)
        return err_set(err, ERR_NOMEM, "no memory to look at the policies with");
    frame.payload = buffer_view(&serve->output);
    return frame_write(WORKER_FD_ANSWERS, &frame, err);
}

static struct answer_scope scope_of(struct serve *serve)
{
    return (struct answer_scope){
        .set = serve->set,
        .findings = buffer_view(&serve->findings),
        .page = serve->page,
        .arena = &serve->arena,
        .words = &serve->words,
    };
}

/* For the record, which has no room for a longer one. */
static struct str capture(struct serve *serve, const struct request *request)
{
    int64_t now_s = serve->set ? policy_set_now(serve->set) : utc_now();
    struct str captured;

    serve->capture.labels = serve->page->limits.captures_labels ? CAPTURE_SECRET_LABELS_TOLD
                                                                : CAPTURE_SECRET_LABELS_HIDDEN;
    captured = capture_request(&serve->capture, request, now_s, &serve->arena);

    if (captured.len > CAPTURE_MAX_BYTES)
        captured = arena_printf(&serve->words, "%zu", captured.len);
    return captured.ptr ? captured : STR("");
}

static void decide(struct serve *serve, struct str message, struct verdict *ret)
{
    const struct answer_scope scope = scope_of(serve);
    struct request request;
    bool readable = answer_message(&scope, message, &request, ret);

    if (readable && serve->page->limits.captures)
        ret->capture = capture(serve, &request);
}

static int answer(struct serve *serve, const struct frame *question, struct err *err)
{
    struct verdict verdict;
    struct frame frame = {.type = FRAME_VERDICT, .id = question->id};

    if (question->type == FRAME_DESCRIBE)
        facts_response(question->payload, &serve->arena, &verdict);
    else
        decide(serve, question->payload, &verdict);
    buffer_reset(&serve->output, KEEP_BYTES);
    if (verdict_encode(&verdict, &serve->output) < 0)
        return err_set(err, ERR_LIMIT, "a verdict is too long");
    frame.payload = buffer_view(&serve->output);
    return frame_write(WORKER_FD_ANSWERS, &frame, err);
}

static int explain(struct serve *serve, const struct frame *question, struct err *err)
{
    const struct answer_scope scope = scope_of(serve);
    struct frame frame = {.type = FRAME_EXPLANATION, .id = question->id};

    buffer_reset(&serve->output, KEEP_BYTES);
    if (explain_message(&scope, question->payload, &serve->capture, &serve->output) < 0)
        return err_set(err, ERR_LIMIT, "an explanation is too long");
    frame.payload = buffer_view(&serve->output);
    return frame_write(WORKER_FD_ANSWERS, &frame, err);
}

static int take_question(struct serve *serve, const struct frame *question, struct err *err)
{
    switch (question->type) {
    case FRAME_DECIDE:
    case FRAME_DESCRIBE:
        return answer(serve, question, err);
    case FRAME_EXPLAIN:
        return explain(serve, question, err);
    case FRAME_LINT:
        return lint(serve, question, err);
    default:
        return err_set(err, ERR_INVALID, "a worker is not asked with a frame of type %d",
                       (int)question->type);
    }
}

int serve_run(struct serve *serve, struct err *err)
{
    struct frame frame;
    int status;

    while ((status = frame_read(WORKER_FD_QUESTIONS, -1, &serve->input, &frame, err)) > 0) {
        if (take_question(serve, &frame, err) < 0)
            return -1;
        arena_reset(&serve->arena, KEEP_BYTES);
        arena_reset(&serve->words, KEEP_BYTES);
        buffer_reset(&serve->input, KEEP_BYTES);
    }
    return status;
}

void serve_done(struct serve *serve)
{
    policy_set_free(serve->set);
    buffer_done(&serve->findings);
    buffer_done(&serve->output);
    buffer_done(&serve->input);
    capture_done(&serve->capture);
    arena_done(&serve->arena);
    arena_done(&serve->words);
    *serve = (struct serve){0};
}
