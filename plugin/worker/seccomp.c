#include "worker/seccomp.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#else
#error "seccomp.c knows x86-64 and arm64: add this machine's AUDIT_ARCH_ constant"
#endif

#define LOAD(member) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
#define RETURN(action) BPF_STMT(BPF_RET | BPF_K, (action))
/* Jump over `no` instructions unless the loaded word equals value. */
#define UNLESS_EQUAL(value, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, (no))
#define ALLOW(call) UNLESS_EQUAL(SYS_##call, 1), RETURN(SECCOMP_RET_ALLOW)
/* The low half of the third argument, prot, must lack PROT_EXEC. Both machines are little-endian.
 * What follows does not return to the number of the call, so these two come last. */
#define ALLOW_WITHOUT_EXEC(call)                                                                   \
    UNLESS_EQUAL(SYS_##call, 4), LOAD(args[2]),                                                    \
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 1, 0), RETURN(SECCOMP_RET_ALLOW),          \
        RETURN(SECCOMP_RET_KILL_PROCESS)

static struct sock_filter program[] = {
    LOAD(arch),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0),
    RETURN(SECCOMP_RET_KILL_PROCESS),
    LOAD(nr),
    /* The pipes. */
    ALLOW(read),
    ALLOW(write),
    ALLOW(writev),
    /* Memory, as the C library asks for it. */
    ALLOW(brk),
    ALLOW(munmap),
    ALLOW(mremap),
    ALLOW(madvise),
    ALLOW(futex),
    /* Where the vDSO cannot tell the time. */
    ALLOW(clock_gettime),
    ALLOW(exit_group),
    ALLOW_WITHOUT_EXEC(mmap),
    RETURN(SECCOMP_RET_KILL_PROCESS),
};

int seccomp_enforce(void)
{
    const struct sock_fprog filter = {sizeof program / sizeof program[0], program};

    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0);
}
