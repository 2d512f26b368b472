/* One of HostConfig.Binds in any bytes: its parts, put together again, are the whole. */
#include "docker/bind_spec.h"

#include "fuzz_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    struct bind_spec spec = bind_spec_parse(text);
    size_t len = spec.target.len;

    fuzz_require(fuzz_within(spec.source, text) && fuzz_within(spec.target, text));
    fuzz_require(fuzz_within(spec.mode, text) && fuzz_within(spec.propagation, spec.mode));
    fuzz_require((spec.kind == BIND_PATH) == (spec.source.len > 0 && spec.source.ptr[0] == '/'));
    if (!spec.valid)
        return 0;
    if (spec.kind != BIND_ANONYMOUS)
        len += spec.source.len + 1;
    fuzz_require(size == len || size == len + 1 + spec.mode.len);
    fuzz_require(spec.kind == BIND_ANONYMOUS || spec.source.len > 0);
    return 0;
}
