/* A path in any bytes: what comes out is clean, and stays as it is when cleaned again. */
#include "docker/path_clean.h"

#include "fuzz_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str path = {(const char *)data, size};
    struct arena *arena = fuzz_arena();
    struct str clean = path_clean(arena, path);
    bool absolute = path_clean_is_absolute(path);

    fuzz_require(clean.len > 0 && clean.len <= (size ? size : 1));
    fuzz_require(path_clean_is_absolute(clean) == absolute);
    fuzz_require(clean.len == 1 || clean.ptr[clean.len - 1] != '/');
    fuzz_require(!memmem(clean.ptr, clean.len, "//", 2));
    fuzz_require(!memmem(clean.ptr, clean.len, "/./", 3));
    fuzz_require(!absolute || !memmem(clean.ptr, clean.len, "/../", 4));
    fuzz_require(!absolute || !str_ends(clean, STR("/..")));
    fuzz_require(str_eq(path_clean(arena, clean), clean));
    fuzz_require(absolute || path_clean_climbs(path) >= str_starts(clean, STR("../")));
    return 0;
}
