/* A worker in an attacker's hands: hardened as the real one, then it makes whatever system call it
 * is asked for. A call is "N" for the system call of that number with arguments of 0, or one of the
 * words below. It allows what it lives to answer. */

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/frame.h"
#include "base/verdict.h"
#include "base/worker_link.h"
#include "worker/harden.h"

/* What deciding needs; these are not made. */
static const long needed[] = {
    SYS_read, SYS_write,   SYS_writev, SYS_mmap,          SYS_munmap,     SYS_mremap,
    SYS_brk,  SYS_madvise, SYS_futex,  SYS_clock_gettime, SYS_exit_group,
};

static bool is_needed(long number)
{
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (needed[i] == number)
            return true;
    }
    return false;
}

static void map_for_execution(void)
{
    (void)syscall(SYS_mmap, 0, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void map_for_everything(void)
{
    (void)syscall(SYS_mmap, 0, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_SHARED | MAP_ANONYMOUS,
                  -1, 0);
}

/* By the door for programs of 32 bits, where 20 is getpid and 2 is fork. */
static void enter_as_32_bits(void)
{
#ifdef __x86_64__
    long number = 20;

    __asm__ volatile("int $0x80" : "+a"(number) : : "memory", "r8", "r9", "r10", "r11");
#else
    (void)syscall(SYS_getpid);
#endif
}

static void jump_into_data(void)
{
    static unsigned char code[] = {0xc3, 0xc0, 0x03, 0x5f, 0xd6};
    void (*function)(void);
    const void *pointer = code;

    memcpy(&function, &pointer, sizeof function);
    function();
}

static const struct {
    struct str word;
    void (*run)(void);
} tricks[] = {
    {STR_INIT("map for execution"), map_for_execution},
    {STR_INIT("map for everything"), map_for_everything},
    {STR_INIT("enter as 32 bits"), enter_as_32_bits},
    {STR_INIT("jump into data"), jump_into_data},
};

/* Returns what to tell of it, if it returns. */
static struct str try_call(struct str call)
{
    char text[32] = "";
    long number;

    for (size_t i = 0; i < sizeof tricks / sizeof *tricks; i++) {
        if (str_eq(call, tricks[i].word)) {
            tricks[i].run();
            return STR("survived");
        }
    }
    memcpy(text, call.ptr, call.len < sizeof text ? call.len : sizeof text - 1);
    number = strtol(text, NULL, 10);
    if (is_needed(number))
        return STR("needed");
    (void)syscall(number, 0, 0, 0, 0, 0, 0);
    return STR("survived");
}

static void say(enum frame_type type, uint64_t id, struct str payload)
{
    const struct frame frame = {type, id, payload};
    struct err err;

    if (frame_write(WORKER_FD_ANSWERS, &frame, &err) < 0)
        exit(EXIT_FAILURE);
}

static void answer(const struct frame *question)
{
    struct verdict verdict = {.reason = STR("policy")};
    struct buffer payload;

    verdict.msg = try_call(question->payload);
    verdict.allow = str_eq(verdict.msg, STR("survived"));
    buffer_init(&payload, FRAME_PAYLOAD_MAX);
    if (verdict_encode(&verdict, &payload) < 0)
        exit(EXIT_FAILURE);
    say(FRAME_VERDICT, question->id, buffer_view(&payload));
    buffer_done(&payload);
}

/* The C library asks for random bytes with its first block. */
static void warm_up(void)
{
    void *volatile block = malloc(1);

    free(block);
}

int main(void)
{
    struct worker_page *page =
        mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED, WORKER_FD_PAGE, 0);
    struct harden_options options = {.parent = getppid()};
    struct buffer buffer;
    struct frame frame;
    struct err err;

    if (page == MAP_FAILED)
        return EXIT_FAILURE;
    options.address_space_bytes = page->limits.address_space_bytes;
    buffer_init(&buffer, FRAME_HEADER_BYTES + FRAME_PAYLOAD_MAX + 1024 * 1024);
    warm_up();
    if (harden(&options, page->missing, sizeof page->missing, &err) < 0)
        return EXIT_FAILURE;
    say(FRAME_READY, 0, STR(""));
    while (frame_read(WORKER_FD_QUESTIONS, -1, &buffer, &frame, &err) > 0)
        answer(&frame);
    return 0;
}
