/* An image's name in any bytes. What is taken for one, written out in full, is the same image. */
#include "docker/image_reference.h"

#include "fuzz_check.h"

static void check_full_name(struct arena *arena, const struct image_reference *ref)
{
    struct image_reference again;
    struct str name =
        arena_printf(arena, "%.*s/%.*s", STR_FMT(ref->registry), STR_FMT(ref->repository));

    fuzz_require(name.ptr);
    fuzz_require(image_reference_parse(arena, name, &again) == 0);
    fuzz_require(again.valid && !again.is_id);
    fuzz_require(str_eq(again.registry, ref->registry));
    fuzz_require(str_eq(again.repository, ref->repository));
    fuzz_require(again.official == ref->official);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = fuzz_arena();
    struct image_reference ref;
    struct str text = {(const char *)data, size};

    fuzz_require(image_reference_parse(arena, text, &ref) == 0);
    fuzz_require(fuzz_within(ref.tag, text) && fuzz_within(ref.digest, text));
    if (!ref.valid)
        return 0;
    fuzz_require(str_find(text, '\0') == size);
    fuzz_require(ref.is_id || (ref.registry.len > 0 && ref.repository.len > 0));
    fuzz_require(ref.tag.len == 0 || image_reference_is_tag(ref.tag));
    fuzz_require(ref.is_id || ref.digest.len == 0 || image_reference_is_digest(ref.digest));
    if (!ref.is_id)
        check_full_name(arena, &ref);
    return 0;
}
