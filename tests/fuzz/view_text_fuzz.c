/* The smaller parsers of the view, each over any bytes. */
#include "docker/capability.h"
#include "docker/mount_options.h"
#include "docker/namespace_mode.h"
#include "docker/number.h"
#include "docker/size_text.h"
#include "docker/user_spec.h"

#include "fuzz_check.h"

static void check_namespaces(struct str text)
{
    for (int of = NAMESPACE_OF_NETWORK; of <= NAMESPACE_OF_CGROUP_CONTAINER; of++) {
        struct namespace_mode mode = namespace_mode_parse((enum namespace_of)of, text);

        fuzz_require(fuzz_within(mode.ref, text));
        fuzz_require((mode.kind == NAMESPACE_HOST) <= str_eq(text, STR("host")));
        fuzz_require(mode.kind != NAMESPACE_CONTAINER || mode.ref.len > 0);
        fuzz_require(mode.kind != NAMESPACE_NAMED || of == NAMESPACE_OF_NETWORK);
    }
}

static void check_user(struct str text)
{
    struct user_spec spec = user_spec_parse(text);

    fuzz_require(fuzz_within(spec.user, text) && fuzz_within(spec.group, text));
    fuzz_require(!spec.numeric || (spec.root == USER_ROOT_YES) == (spec.uid == 0));
}

static void check_sizes(struct str text)
{
    int64_t bytes;
    uint64_t number;

    if (size_text_tmpfs(text, &bytes))
        fuzz_require(bytes >= 0);
    if (size_text_units(text, &bytes))
        fuzz_require(bytes >= 0);
    if (number_unsigned(text, 65535, &number))
        fuzz_require(number <= 65535);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = fuzz_arena();
    struct str text = {(const char *)data, size};
    struct str name = capability_name(arena, text);
    struct mount_options options = mount_options_parse(text);

    fuzz_require(name.ptr || size == 0);
    fuzz_require(name.len <= size);
    fuzz_require(fuzz_within(options.propagation, text) && fuzz_within(options.size, text));
    check_namespaces(text);
    check_user(text);
    check_sizes(text);
    return 0;
}
