/* A worker that does as it is told, to see what the broker makes of it. It speaks the frames of the
 * real one; what it does at its start stands in the policy file, what it does with a call in the
 * call: the first word of "do:WORD" that is found. */

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "base/frame.h"
#include "base/snapshot.h"
#include "base/verdict.h"
#include "base/worker_link.h"

static struct worker_page *page;
static struct str script; /* policy.lua */
static struct str findings = STR_INIT("policy.lua:1: broken");

static bool has(struct str text, const char *word)
{
    return text.len && memmem(text.ptr, text.len, word, strlen(word));
}

static void pause_ms(long ms)
{
    struct timespec span = {ms / 1000, ms % 1000 * 1000000};

    (void)nanosleep(&span, NULL);
}

static void hang(void)
{
    for (;;)
        pause_ms(60000);
}

static void say(enum frame_type type, uint64_t id, struct str payload)
{
    struct frame frame = {type, id, payload};
    struct err err;

    if (frame_write(WORKER_FD_ANSWERS, &frame, &err) < 0)
        _exit(1);
}

static void say_raw(const void *bytes, size_t len)
{
    if (write(WORKER_FD_ANSWERS, bytes, len) != (ssize_t)len)
        _exit(1);
}

/* Longer than any verdict, but not than what a frame may be. */
static void say_overlong(uint64_t id)
{
    static char bytes[2 * 1024 * 1024];

    say(FRAME_VERDICT, id, (struct str){bytes, sizeof bytes});
}

static void answer(uint64_t id, const struct verdict *verdict)
{
    struct buffer payload;

    buffer_init(&payload, FRAME_PAYLOAD_MAX);
    if (verdict_encode(verdict, &payload) < 0)
        _exit(1);
    say(FRAME_VERDICT, id, buffer_view(&payload));
    buffer_done(&payload);
}

static struct verdict plain_verdict(struct str call)
{
    struct verdict verdict = {
        .allow = !has(call, "do:deny"),
        .reason = STR("policy"),
        .action = STR("container.create"),
        .class = has(call, "do:read") ? STR("read") : STR("write"),
        .user = STR("alice"),
        .method = STR("POST"),
        .uri = STR("/containers/create"),
        .image = STR("busybox"),
    };

    if (!verdict.allow) {
        verdict.msg = STR("[test.rule] not this way");
        verdict.count = 1;
        verdict.findings[0] = (struct finding){.rule = STR("test.rule"),
                                               .effect = STR("deny"),
                                               .mode = STR("enforce"),
                                               .msg = STR("not this way"),
                                               .field = STR("HostConfig.Binds[1]")};
    }
    return verdict;
}

/* As many findings as there may be, each far over what a record can hold. */
static void answer_large(uint64_t id, struct str call)
{
    static char text[3000];
    struct verdict verdict = plain_verdict(call);

    memset(text, '\1', sizeof text);
    verdict.allow = false;
    verdict.uri = verdict.target = verdict.image = verdict.user = (struct str){text, sizeof text};
    verdict.msg = verdict.uri;
    for (verdict.count = 0; verdict.count < VERDICT_FINDINGS_MAX; verdict.count++) {
        struct finding *finding = &verdict.findings[verdict.count];

        finding->rule = STR("\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1");
        finding->effect = STR("deny");
        finding->mode = STR("enforce");
        finding->msg = finding->field = (struct str){text, sizeof text};
    }
    answer(id, &verdict);
}

/* Which snapshot it holds: what differs between two sets of a reload test. */
static void answer_script(uint64_t id, struct str call)
{
    struct verdict verdict = plain_verdict(call);

    verdict.allow = false;
    verdict.msg = script;
    answer(id, &verdict);
}

/* Who decided: to see when a worker is another one. */
static void answer_pid(uint64_t id, struct str call)
{
    struct verdict verdict = plain_verdict(call);
    char msg[40];

    (void)snprintf(msg, sizeof msg, "pid %ld", (long)getpid());
    verdict.allow = false;
    verdict.msg = str_from(msg);
    answer(id, &verdict);
}

/* Memory that it does not give back: 8 MiB a time. */
static void keep_memory(void)
{
    enum { KEPT_BYTES = 8 * 1024 * 1024 };
    static void *volatile kept; /* volatile: not to be optimized away */

    kept = malloc(KEPT_BYTES);
    if (!kept)
        _exit(1);
    memset(kept, 1, KEPT_BYTES);
}

static void misbehave(uint64_t id, struct str call)
{
    static const char garbage[64] = "this is no frame";
    static const char huge[] = "\xff\xff\xff\xff\4\0\0\0........";
    struct verdict verdict = plain_verdict(call);

    if (!has(call, "do:"))
        return;
    if (has(call, "do:crash"))
        abort();
    if (has(call, "do:exit"))
        _exit(0);
    if (has(call, "do:late-exit")) {
        pause_ms(300);
        _exit(0);
    }
    if (has(call, "do:shrink-page") && ftruncate(WORKER_FD_PAGE, 0) == 0)
        hang();
    if (has(call, "do:limit")) {
        (void)snprintf(page->where, sizeof page->where, "rules/site.lua:12");
        page->exit = WORKER_EXIT_INSTRUCTIONS;
        _exit(1);
    }
    if (has(call, "do:hang")) {
        (void)snprintf(page->where, sizeof page->where, "rules/slow.lua:3");
        hang();
    }
    if (has(call, "do:garbage"))
        say_raw(garbage, sizeof garbage);
    else if (has(call, "do:huge"))
        say_raw(huge, sizeof huge - 1);
    else if (has(call, "do:truncated"))
        say_raw("\x40\0\0\0\4\0\0\0", 8);
    else if (has(call, "do:overlong"))
        say_overlong(id);
    else if (has(call, "do:half")) {
        say_raw("\x40\0\0\0\4\0\0\0", 8);
        _exit(0);
    } else if (has(call, "do:other-id"))
        answer(id + 1, &verdict);
    else if (has(call, "do:no-verdict"))
        say(FRAME_VERDICT, id, STR("\1"));
    else if (has(call, "do:ready"))
        say(FRAME_READY, id, STR(""));
    else if (has(call, "do:twice")) {
        answer(id, &verdict);
        answer(id, &verdict);
    } else
        return;
    hang();
}

static void decide(uint64_t id, struct str call, bool is_response)
{
    struct verdict verdict = plain_verdict(call);

    if (is_response) {
        verdict.allow = true;
        verdict.reason = STR("response");
        verdict.status = STR("201");
        verdict.created = STR("abc");
    }
    misbehave(id, call);
    if (has(call, "do:late"))
        pause_ms(300);
    if (has(call, "do:keep"))
        keep_memory();
    if (has(call, "do:large"))
        answer_large(id, call);
    else if (has(call, "do:script"))
        answer_script(id, call);
    else if (has(call, "do:pid"))
        answer_pid(id, call);
    else
        answer(id, &verdict);
    if (has(call, "do:then-die"))
        _exit(0);
}

static void refuse(uint64_t id, struct str call)
{
    struct verdict verdict = plain_verdict(call);
    char msg[1024];

    verdict.allow = has(call, "/_ping");
    verdict.reason = STR("no-policy");
    (void)snprintf(msg, sizeof msg, "[no-policy] %.*s", STR_FMT(findings));
    if (!verdict.allow)
        verdict.msg = str_from(msg);
    answer(id, &verdict);
}

static void load(void)
{
    struct snapshot *snapshot = calloc(1, sizeof *snapshot);
    const struct snapshot_file *file;
    struct err err;

    page = mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED, WORKER_FD_PAGE, 0);
    if (page == MAP_FAILED || !snapshot)
        _exit(1);
    if (snapshot_open(WORKER_FD_SNAPSHOT, snapshot, &err) < 0)
        _exit(1);
    if ((file = snapshot_find(snapshot, STR(SNAPSHOT_FINDINGS)))) {
        findings = file->content;
        script = STR("start:failed");
    } else if ((file = snapshot_find(snapshot, STR("policy/policy.lua"))))
        script = file->content;
    if (has(script, "start:die"))
        _exit(1);
    if (has(script, "start:limit")) {
        (void)snprintf(page->where, sizeof page->where, "rules/site.lua:7");
        page->exit = WORKER_EXIT_INSTRUCTIONS;
        _exit(1);
    }
    if (has(script, "start:hang"))
        hang();
    if (has(script, "start:slow"))
        pause_ms(400);
    if (has(script, "start:missing"))
        (void)snprintf(page->missing, sizeof page->missing, "landlock");
    if (has(script, "start:verdict"))
        say(FRAME_VERDICT, 1, STR(""));
    if (has(script, "start:failed"))
        say(FRAME_FAILED, 0, findings);
    else
        say(FRAME_READY, 0, STR(""));
    if (has(script, "start:then-die"))
        _exit(1);
}

int main(void)
{
    struct buffer buffer;
    struct frame frame;
    struct err err;

    load();
    buffer_init(&buffer, FRAME_HEADER_BYTES + FRAME_PAYLOAD_MAX + 1024 * 1024);
    while (frame_read(WORKER_FD_QUESTIONS, -1, &buffer, &frame, &err) > 0) {
        if (has(script, "start:failed"))
            refuse(frame.id, frame.payload);
        else
            decide(frame.id, frame.payload, frame.type == FRAME_DESCRIBE);
    }
    return 0;
}
