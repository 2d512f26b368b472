#ifndef DOCKER_CERTIFICATE_H
#define DOCKER_CERTIFICATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

enum { CERTIFICATE_NAMES_MAX = 16 }; /* more organizations or units than that are not read */

struct certificate_names {
    struct str items[CERTIFICATE_NAMES_MAX];
    size_t count;
};

/* What rules want to know of a client's certificate: RFC 5280, section 4.1. Nothing is verified
 * here; the engine has done so before it asks. */
struct certificate {
    struct str serial; /* hexadecimal in capitals, without zeros in front: "1F", "0" */
    int64_t not_after_s;
    struct certificate_names organizations;
    struct certificate_names units;
    bool complete; /* whether these are all the names that there are */
};

/* pem: one CERTIFICATE block. Returns false for what is none, or when the arena is full. */
bool certificate_read(struct str pem, struct arena *arena, struct certificate *ret);

#endif
