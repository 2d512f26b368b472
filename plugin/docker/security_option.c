#include "docker/security_option.h"

#include "docker/word_list.h"

static enum security_option_kind kind_of(struct str name)
{
    if (str_eq(name, STR("label")))
        return SECURITY_OPTION_LABEL;
    if (str_eq(name, STR("apparmor")))
        return SECURITY_OPTION_APPARMOR;
    if (str_eq(name, STR("seccomp")))
        return SECURITY_OPTION_SECCOMP;
    if (str_eq(name, STR("no-new-privileges")))
        return SECURITY_OPTION_NO_NEW_PRIVILEGES;
    if (str_eq(name, STR("writable-cgroups")))
        return SECURITY_OPTION_WRITABLE_CGROUPS;
    return SECURITY_OPTION_UNKNOWN;
}

static struct security_option bare_word(struct str text)
{
    if (str_eq(text, STR("no-new-privileges")))
        return (struct security_option){SECURITY_OPTION_NO_NEW_PRIVILEGES, STR("true")};
    if (str_eq(text, STR("writable-cgroups")))
        return (struct security_option){SECURITY_OPTION_WRITABLE_CGROUPS, STR("true")};
    if (str_eq(text, STR("disable")))
        return (struct security_option){SECURITY_OPTION_LABEL, text};
    return (struct security_option){SECURITY_OPTION_UNKNOWN, text};
}

struct security_option security_option_parse(struct str text)
{
    size_t cut = str_find(text, '=');
    struct security_option option;

    if (cut == text.len)
        cut = str_find(text, ':');
    if (cut == text.len)
        return bare_word(text);
    option.kind = kind_of(str_take(text, cut));
    option.value = option.kind == SECURITY_OPTION_UNKNOWN ? text : str_skip(text, cut + 1);
    return option;
}

enum security_option_bool security_option_bool(struct str text)
{
    const struct str yes[] = {STR("1"), STR("t"), STR("T"), STR("TRUE"), STR("true"), STR("True")};
    const struct str no[] = {STR("0"),     STR("f"),     STR("F"),
                             STR("FALSE"), STR("false"), STR("False")};

    if (WORD_LIST_HAS(yes, text))
        return SECURITY_OPTION_TRUE;
    return WORD_LIST_HAS(no, text) ? SECURITY_OPTION_FALSE : SECURITY_OPTION_INVALID;
}
