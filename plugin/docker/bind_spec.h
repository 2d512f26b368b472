#ifndef DOCKER_BIND_SPEC_H
#define DOCKER_BIND_SPEC_H

#include <stdbool.h>

#include "base/str.h"

enum bind_kind {
    BIND_ANONYMOUS, /* a target alone: a new volume */
    BIND_VOLUME,    /* a volume's name */
    BIND_PATH,      /* a path of the host */
};

/* One of HostConfig.Binds, "source:target[:mode]". */
struct bind_spec {
    enum bind_kind kind;
    bool valid;        /* false: engines refuse it, so all else here is only how it looks */
    struct str source; /* as written; empty when anonymous */
    struct str target; /* as written */
    struct str mode;
    bool readonly;
    bool nocopy;
    struct str propagation; /* "rshared", ...; empty when not said */
    struct str relabel;     /* "z" or "Z"; empty when not said */
};

/* Source: moby volume/mounts/linux_parser.go, ParseMountRaw. */
struct bind_spec bind_spec_parse(struct str text);

#endif
