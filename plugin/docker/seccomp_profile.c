#include "docker/seccomp_profile.h"

#include <strings.h>

#include "docker/reader.h"
#include "docker/word_list.h"

static bool is_default_action(struct str key)
{
    const struct str name = STR("defaultAction");

    return key.len == name.len && strncasecmp(key.ptr, name.ptr, name.len) == 0;
}

static struct str judge(const struct node *profile)
{
    const struct str filters[] = {STR("SCMP_ACT_ERRNO"), STR("SCMP_ACT_KILL"),
                                  STR("SCMP_ACT_KILL_PROCESS"), STR("SCMP_ACT_KILL_THREAD"),
                                  STR("SCMP_ACT_TRAP")};
    const struct node *action = NULL;
    size_t count = 0;

    for (size_t i = 0; i < profile->fields.count; i++) {
        if (!is_default_action(profile->fields.members[i].key))
            continue;
        action = &profile->fields.members[i].value;
        count++;
    }
    if (count > 1)
        return STR("it has two default actions");
    if (node_string(action).len == 0)
        return STR("it has no default action");
    return WORD_LIST_HAS(filters, node_string(action)) ? STR("")
                                                       : STR("its default action lets calls pass");
}

struct str seccomp_profile_problem(struct arena *arena, struct str json)
{
    struct reader_result result;
    struct refusal refusal;

    if (reader_read(&schema_any, json, READER_STRICT, arena, &result, &refusal) < 0)
        return STR("it cannot be read");
    if (result.value.type != NODE_MAP && result.value.type != NODE_STRUCT)
        return STR("it is not an object");
    return judge(&result.value);
}
