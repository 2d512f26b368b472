#include "docker/namespace_mode.h"

#include "check.h"

static bool is_kind(enum namespace_of of, struct str text, enum namespace_kind kind)
{
    return namespace_mode_parse(of, text).kind == kind;
}

static void knows_exact_words(void)
{
    CHECK(is_kind(NAMESPACE_OF_NETWORK, STR(""), NAMESPACE_DEFAULT));
    CHECK(is_kind(NAMESPACE_OF_NETWORK, STR("default"), NAMESPACE_DEFAULT));
    CHECK(is_kind(NAMESPACE_OF_NETWORK, STR("host"), NAMESPACE_HOST));
    CHECK(is_kind(NAMESPACE_OF_NETWORK, STR("none"), NAMESPACE_NONE));
    CHECK(is_kind(NAMESPACE_OF_NETWORK, STR("bridge"), NAMESPACE_BRIDGE));
    CHECK(is_kind(NAMESPACE_OF_NETWORK, STR("hosts"), NAMESPACE_NAMED));
    CHECK(is_kind(NAMESPACE_OF_PID, STR("host"), NAMESPACE_HOST));
    CHECK(is_kind(NAMESPACE_OF_IPC, STR("private"), NAMESPACE_PRIVATE));
    CHECK(is_kind(NAMESPACE_OF_IPC, STR("shareable"), NAMESPACE_SHAREABLE));
    CHECK(is_kind(NAMESPACE_OF_IPC, STR("none"), NAMESPACE_NONE));
    CHECK(is_kind(NAMESPACE_OF_UTS, STR("host"), NAMESPACE_HOST));
    CHECK(is_kind(NAMESPACE_OF_USER, STR("host"), NAMESPACE_HOST));
    CHECK(is_kind(NAMESPACE_OF_CGROUP, STR("private"), NAMESPACE_PRIVATE));
    CHECK(is_kind(NAMESPACE_OF_CGROUP_CONTAINER, STR(""), NAMESPACE_DEFAULT));
}

static void names_the_container_that_is_joined(void)
{
    struct namespace_mode mode = namespace_mode_parse(NAMESPACE_OF_PID, STR("container:web"));

    CHECK(mode.kind == NAMESPACE_CONTAINER);
    CHECK_STR(mode.ref, "web");
    CHECK_STR(namespace_mode_parse(NAMESPACE_OF_IPC, STR("container:a:b")).ref, "a:b");
    CHECK(is_kind(NAMESPACE_OF_NETWORK, STR("container:x"), NAMESPACE_CONTAINER));
    CHECK(is_kind(NAMESPACE_OF_CGROUP_CONTAINER, STR("container:x"), NAMESPACE_CONTAINER));
    CHECK(is_kind(NAMESPACE_OF_UTS, STR("container:x"), NAMESPACE_ODD));
    CHECK(is_kind(NAMESPACE_OF_USER, STR("container:x"), NAMESPACE_ODD));
    CHECK(is_kind(NAMESPACE_OF_PID, STR("container:"), NAMESPACE_ODD));
    CHECK(is_kind(NAMESPACE_OF_IPC, STR("container:"), NAMESPACE_ODD));
    CHECK(is_kind(NAMESPACE_OF_NETWORK, STR("container:"), NAMESPACE_ODD));
}

static void marks_odd_spellings(void)
{
    CHECK(is_kind(NAMESPACE_OF_PID, STR("HOST"), NAMESPACE_ODD));
    CHECK(is_kind(NAMESPACE_OF_PID, STR(" host "), NAMESPACE_ODD));
    CHECK(is_kind(NAMESPACE_OF_PID, STR("host\0"), NAMESPACE_ODD));
    CHECK(is_kind(NAMESPACE_OF_PID, STR("private"), NAMESPACE_ODD));
    CHECK(is_kind(NAMESPACE_OF_IPC, STR("Container:x"), NAMESPACE_ODD));
    CHECK(is_kind(NAMESPACE_OF_USER, STR("Host"), NAMESPACE_ODD));
    CHECK(is_kind(NAMESPACE_OF_CGROUP, STR("Private"), NAMESPACE_ODD));
    CHECK(is_kind(NAMESPACE_OF_NETWORK, STR("HOST"), NAMESPACE_ODD));
    CHECK(is_kind(NAMESPACE_OF_NETWORK, STR("\thost\n"), NAMESPACE_ODD));
    CHECK(is_kind(NAMESPACE_OF_NETWORK, STR(" "), NAMESPACE_ODD));
    CHECK(is_kind(NAMESPACE_OF_NETWORK, STR("None"), NAMESPACE_ODD));
    CHECK(is_kind(NAMESPACE_OF_NETWORK, STR("Container:x"), NAMESPACE_ODD));
    CHECK(is_kind(NAMESPACE_OF_NETWORK, STR(" container:x"), NAMESPACE_ODD));
    CHECK(is_kind(NAMESPACE_OF_NETWORK, STR("container"), NAMESPACE_ODD));
}

int main(void)
{
    knows_exact_words();
    names_the_container_that_is_joined();
    marks_odd_spellings();
    return 0;
}
