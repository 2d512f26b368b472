/* A security option in any bytes, and a seccomp profile in any bytes. */
#include "docker/seccomp_profile.h"
#include "docker/security_option.h"

#include "fuzz_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    struct security_option option = security_option_parse(text);
    struct str problem = seccomp_profile_problem(fuzz_arena(), text);

    fuzz_require(option.kind != SECURITY_OPTION_UNKNOWN || str_eq(option.value, text));
    fuzz_require(option.kind == SECURITY_OPTION_UNKNOWN || option.value.len <= size + 4);
    /* A filter says so in so many words. */
    fuzz_require(problem.len > 0 || memmem(data, size, "SCMP_ACT_", 9));
    return 0;
}
