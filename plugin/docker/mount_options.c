#include "docker/mount_options.h"

#include "docker/split.h"
#include "docker/word_list.h"

static bool takes_path(struct str word)
{
    const struct str words[] = {STR("bind"), STR("rbind"), STR("move"), STR("remount")};

    return WORD_LIST_HAS(words, word);
}

static bool is_propagation(struct str word)
{
    const struct str words[] = {STR("private"),    STR("rprivate"),   STR("shared"),
                                STR("rshared"),    STR("slave"),      STR("rslave"),
                                STR("unbindable"), STR("runbindable")};

    return WORD_LIST_HAS(words, word);
}

struct mount_options mount_options_parse(struct str text)
{
    struct split words = split_start(text, ',');
    struct mount_options options = {0};
    struct str word;

    while (split_next(&words, &word)) {
        if (takes_path(word))
            options.takes_path = true;
        else if (str_eq(word, STR("ro")))
            options.readonly = true;
        else if (str_eq(word, STR("rw")))
            options.readonly = false;
        else if (is_propagation(word))
            options.propagation = word;
        else if (str_starts(word, STR("size=")))
            options.size = str_skip(word, 5);
    }
    return options;
}

bool mount_options_is_network_type(struct str type)
{
    const struct str types[] = {STR("nfs"),  STR("nfs4"), STR("cifs"),
                                STR("smb3"), STR("ceph"), STR("glusterfs")};

    return WORD_LIST_HAS(types, type);
}
