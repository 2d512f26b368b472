#include "docker/action.h"

#include "check.h"

static void every_action_has_its_row(void)
{
    for (int i = 0; i < ACTION_COUNT; i++) {
        const struct action_info *info = action_info((enum action)i);
        enum action found = ACTION_COUNT;

        CHECK(info->category.len > 0 && info->verb.len > 0);
        CHECK(info->title.len > 0 && info->title.ptr[info->title.len - 1] == '.');
        CHECK(action_find(info->name, &found));
        CHECK(found == (enum action)i);
    }
}

static void names_have_their_parts(void)
{
    const struct action_info *info = action_info(ACTION_CONTAINER_ARCHIVE_PUT);

    CHECK_STR(action_name(ACTION_CONTAINER_ARCHIVE_PUT), "container.archive_put");
    CHECK_STR(info->category, "container");
    CHECK_STR(info->verb, "archive_put");
    CHECK_STR(action_class_name(info->class), "write");
    CHECK_STR(action_class_name(action_info(ACTION_CONTAINER_WAIT)->class), "read");
    CHECK_STR(action_class_name(action_info(ACTION_EXEC_START)->class), "stream");
}

static void what_is_unknown_is_called_so_and_counts_as_a_write(void)
{
    CHECK_STR(action_name(ACTION_UNKNOWN), "unknown");
    CHECK(action_info(ACTION_UNKNOWN)->class == ACTION_WRITE);
}

static void other_names_are_not_found(void)
{
    enum action found = ACTION_COUNT;

    CHECK(!action_find(STR(""), &found));
    CHECK(!action_find(STR("container"), &found));
    CHECK(!action_find(STR("Container.Create"), &found));
    CHECK(!action_find(STR("container.create\0"), &found));
    CHECK(found == ACTION_COUNT);
}

int main(void)
{
    every_action_has_its_row();
    names_have_their_parts();
    what_is_unknown_is_called_so_and_counts_as_a_write();
    other_names_are_not_found();
    return 0;
}
