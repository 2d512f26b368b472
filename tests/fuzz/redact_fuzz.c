/* Any bytes as a request target, an image and words of a rule. */
#include "fuzz_check.h"
#include "worker/redact.h"

/* Nothing is hidden twice: what is left holds nothing more to hide. */
static void check(struct str (*redact)(struct str text, struct arena *arena), struct str text)
{
    struct arena *arena = fuzz_arena();
    struct str once = redact(text, arena);

    fuzz_require(str_eq(redact(once, arena), once));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};

    check(redact_uri, text);
    check(redact_image, text);
    check(redact_text, text);
    return 0;
}
