#include "docker/security_option.h"

#include "check.h"

static const struct {
    const char *text;
    enum security_option_kind kind;
    const char *value;
} cases[] = {
    {"seccomp=unconfined", SECURITY_OPTION_SECCOMP, "unconfined"},
    {"seccomp:unconfined", SECURITY_OPTION_SECCOMP, "unconfined"},
    {"seccomp=", SECURITY_OPTION_SECCOMP, ""},
    {"seccomp={\"a\":\"b=c\"}", SECURITY_OPTION_SECCOMP, "{\"a\":\"b=c\"}"},
    /* No name before the first "=": the profile is not read as one. */
    {"seccomp:{\"a\":\"b=c\"}", SECURITY_OPTION_UNKNOWN, "seccomp:{\"a\":\"b=c\"}"},
    {"apparmor=unconfined", SECURITY_OPTION_APPARMOR, "unconfined"},
    {"label=type:container_t", SECURITY_OPTION_LABEL, "type:container_t"},
    {"label:disable", SECURITY_OPTION_LABEL, "disable"},
    {"disable", SECURITY_OPTION_LABEL, "disable"},
    {"no-new-privileges", SECURITY_OPTION_NO_NEW_PRIVILEGES, "true"},
    {"no-new-privileges=false", SECURITY_OPTION_NO_NEW_PRIVILEGES, "false"},
    {"no-new-privileges:true", SECURITY_OPTION_NO_NEW_PRIVILEGES, "true"},
    {"writable-cgroups", SECURITY_OPTION_WRITABLE_CGROUPS, "true"},
    {"writable-cgroups=1", SECURITY_OPTION_WRITABLE_CGROUPS, "1"},
    {"systempaths=unconfined", SECURITY_OPTION_UNKNOWN, "systempaths=unconfined"},
    {"Seccomp=unconfined", SECURITY_OPTION_UNKNOWN, "Seccomp=unconfined"},
    {" seccomp=unconfined", SECURITY_OPTION_UNKNOWN, " seccomp=unconfined"},
    {"seccomp", SECURITY_OPTION_UNKNOWN, "seccomp"},
    {"", SECURITY_OPTION_UNKNOWN, ""},
};

static void splits_as_the_engine_does(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct security_option option = security_option_parse(str_from(cases[i].text));

        check_that(option.kind == cases[i].kind && str_eq(option.value, str_from(cases[i].value)),
                   __FILE__, __LINE__, cases[i].text);
    }
}

static void reads_booleans(void)
{
    CHECK(security_option_bool(STR("1")) == SECURITY_OPTION_TRUE);
    CHECK(security_option_bool(STR("True")) == SECURITY_OPTION_TRUE);
    CHECK(security_option_bool(STR("F")) == SECURITY_OPTION_FALSE);
    CHECK(security_option_bool(STR("tRUE")) == SECURITY_OPTION_INVALID);
    CHECK(security_option_bool(STR("yes")) == SECURITY_OPTION_INVALID);
    CHECK(security_option_bool(STR("")) == SECURITY_OPTION_INVALID);
}

int main(void)
{
    splits_as_the_engine_does();
    reads_booleans();
    return 0;
}
