/* Ports and addresses of a published port in any bytes. */
#include "docker/host_address.h"
#include "docker/port_range.h"

#include "fuzz_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    struct port_range range;
    struct port_spec spec;

    if (port_range_parse(text, &range))
        fuzz_require(range.from <= range.to);
    if (port_range_spec(text, &spec))
        fuzz_require(spec.range.from <= spec.range.to && spec.proto.len > 0);
    if (!host_address_is_any(text))
        fuzz_require(size >= 3 && size < 46 && str_find(text, '\0') == size);
    return 0;
}
