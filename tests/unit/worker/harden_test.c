#include "worker/harden.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "check.h"

static const uint64_t address_space_bytes = UINT64_C(1) << 50; /* the sanitizers take a lot */

static void become_hardened(pid_t parent)
{
    const struct harden_options options = {address_space_bytes, parent};
    char missing[64];
    struct err err;

    if (harden(&options, missing, sizeof missing, &err) < 0) {
        (void)fprintf(stderr, "%s\n", err.msg);
        _exit(3);
    }
}

/* The wait status of a hardened child that runs body. */
static int run(void (*body)(void))
{
    pid_t parent = getpid();
    int status = 0;
    pid_t child = fork();

    if (child == 0) {
        become_hardened(parent);
        body();
        syscall(SYS_exit_group, 7);
    }
    CHECK(child > 0 && waitpid(child, &status, 0) == child);
    return status;
}

static void decide(void)
{
    struct timespec now;
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (page == MAP_FAILED || madvise(page, 4096, MADV_DONTNEED) < 0 || munmap(page, 4096) < 0)
        syscall(SYS_exit_group, 8);
    if (clock_gettime(CLOCK_MONOTONIC, &now) < 0 || write(STDOUT_FILENO, "", 0) < 0)
        syscall(SYS_exit_group, 9);
    if (write(STDERR_FILENO, "", 0) == 0)
        syscall(SYS_exit_group, 10);
}

static void what_deciding_needs_still_works(void)
{
    int status = run(decide);

    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 7);
}

static void call_openat(void)
{
    syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY);
}

static void call_socket(void)
{
    syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0);
}

static void call_clone(void)
{
    syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
}

static void call_execve(void)
{
    syscall(SYS_execve, "/bin/true", NULL, NULL);
}

static void call_kill(void)
{
    syscall(SYS_kill, 1, 0);
}

static void call_ptrace(void)
{
    syscall(SYS_ptrace, 0, 0, 0, 0);
}

static void call_mprotect(void)
{
    syscall(SYS_mprotect, 0, 4096, PROT_EXEC);
}

static void call_mmap_for_execution(void)
{
    syscall(SYS_mmap, 0, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void call_setuid(void)
{
    syscall(SYS_setuid, 0);
}

static void call_prctl(void)
{
    syscall(SYS_prctl, 4, 1, 0, 0, 0);
}

static void call_unknown(void)
{
    syscall(9999);
}

static void any_other_call_ends_the_process(void)
{
    void (*const calls[])(void) = {
        call_openat, call_socket, call_clone,    call_execve,
        call_kill,   call_ptrace, call_mprotect, call_mmap_for_execution,
        call_setuid, call_prctl,  call_unknown,
    };

    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        int status = run(calls[i]);

        CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS);
    }
}

static void sleep_in_read(void)
{
    char byte;

    syscall(SYS_read, STDIN_FILENO, &byte, 1);
}

/* The value of a line of /proc/PID/status. */
static void status_line(pid_t pid, const char *key, char *ret, size_t size)
{
    char path[64];
    char line[256];
    FILE *file;

    (void)snprintf(path, sizeof path, "/proc/%d/status", pid);
    file = fopen(path, "re");
    CHECK(file != NULL);
    ret[0] = '\0';
    while (fgets(line, sizeof line, file))
        if (strncmp(line, key, strlen(key)) == 0)
            (void)snprintf(ret, size, "%s", line + strlen(key));
    (void)fclose(file);
}

static void check_line(pid_t pid, const char *key, const char *want)
{
    char got[256];

    status_line(pid, key, got, sizeof got);
    CHECK(strncmp(got, want, strlen(want)) == 0);
}

static void nothing_is_left_of_its_rights(void)
{
    pid_t parent = getpid();
    int input[2];
    int status = 0;
    pid_t child;

    CHECK(pipe(input) == 0);
    child = fork();
    if (child == 0) {
        (void)dup2(input[0], STDIN_FILENO);
        become_hardened(parent);
        sleep_in_read();
        syscall(SYS_exit_group, 7);
    }
    for (char got[16] = ""; strncmp(got, "\t2", 2) != 0; (void)usleep(1000))
        status_line(child, "Seccomp:", got, sizeof got);
    check_line(child, "NoNewPrivs:", "\t1");
    check_line(child, "CapEff:", "\t0000000000000000");
    check_line(child, "CapPrm:", "\t0000000000000000");
    if (geteuid() == 0) {
        check_line(child, "Uid:", "\t65534\t65534\t65534\t65534");
        check_line(child, "Gid:", "\t65534\t65534\t65534\t65534");
        check_line(child, "Groups:", "\t \n");
        check_line(child, "CapBnd:", "\t0000000000000000");
    }
    CHECK(write(input[1], "x", 1) == 1);
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 7);
}

static void a_worker_without_its_parent_does_not_start(void)
{
    const struct harden_options options = {address_space_bytes, 1 << 30};
    int status = 0;
    pid_t child = fork();

    if (child == 0) {
        char missing[64];
        struct err err;

        _exit(harden(&options, missing, sizeof missing, &err) < 0 ? 5 : 6);
    }
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 5);
}

int main(void)
{
    what_deciding_needs_still_works();
    any_other_call_ends_the_process();
    nothing_is_left_of_its_rights();
    a_worker_without_its_parent_does_not_start();
    return 0;
}
