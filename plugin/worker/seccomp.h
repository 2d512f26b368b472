#ifndef WORKER_SECCOMP_H
#define WORKER_SECCOMP_H

#include "base/cleanup.h"

/* From now on this process has the system calls that a decision needs and no other: any other one
 * kills it (SIGSYS). Returns 0, or -1 with errno. Needs no_new_privs. */
MUST_CHECK int seccomp_enforce(void);

#endif
