#ifndef DOCKER_SECURITY_OPTION_H
#define DOCKER_SECURITY_OPTION_H

#include "base/str.h"

enum security_option_kind {
    SECURITY_OPTION_UNKNOWN, /* engines refuse it, or are newer than this */
    SECURITY_OPTION_LABEL,
    SECURITY_OPTION_APPARMOR,
    SECURITY_OPTION_SECCOMP,
    SECURITY_OPTION_NO_NEW_PRIVILEGES,
    SECURITY_OPTION_WRITABLE_CGROUPS,
};

/* One of HostConfig.SecurityOpt: cut at the first "=", or at the first ":" when there is no "=".
 * The bare words no-new-privileges and writable-cgroups have the value "true", the bare word
 * disable is label=disable. Names are exact. Source: moby daemon/daemon_unix.go, parseSecurityOpt.
 */
struct security_option {
    enum security_option_kind kind;
    struct str value;
};

struct security_option security_option_parse(struct str text);

enum security_option_bool {
    SECURITY_OPTION_FALSE,
    SECURITY_OPTION_TRUE,
    SECURITY_OPTION_INVALID, /* refused by engines */
};

/* strconv.ParseBool: 1 t T TRUE true True 0 f F FALSE false False. */
enum security_option_bool security_option_bool(struct str text);

#endif
