#ifndef WORKER_HARDEN_H
#define WORKER_HARDEN_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/cleanup.h"
#include "base/err.h"

struct harden_options {
    uint64_t address_space_bytes; /* RLIMIT_AS */
    pid_t parent;                 /* who must be alive: the worker dies with it */
};

/* Give up for good all that deciding does not need: user, groups, capabilities, files, network, new
 * processes, new programs, and every system call but a dozen. Any other call ends the process.
 * A process that is not root stays who it is. missing gets the parts that this kernel or container
 * does not have ("landlock"), space-separated, or "". Errors: ERR_SYSTEM, naming the step. */
MUST_CHECK int harden(const struct harden_options *options, char *missing, size_t size,
                      struct err *err);

#endif
