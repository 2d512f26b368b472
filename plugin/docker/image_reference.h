#ifndef DOCKER_IMAGE_REFERENCE_H
#define DOCKER_IMAGE_REFERENCE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

/* An image's name as the engine resolves it. "busybox", "docker.io/busybox" and
 * "index.docker.io/library/busybox" are all docker.io, library/busybox. All but `repository`
 * borrows from the text.
 * Source: distribution/reference, ParseAnyReference. */
struct image_reference {
    bool valid;            /* false: the engine refuses the name; only `id` may still be set */
    bool is_id;            /* 64 hex digits or a digest alone: an image by its id */
    bool may_be_id;        /* or the beginning of an id, when no image has such a name */
    bool official;         /* docker.io/library/... */
    struct str registry;   /* "docker.io", "localhost:5000"; empty for an id */
    struct str repository; /* "library/busybox"; empty for an id */
    struct str tag;        /* as written; empty when there is none: engines mostly take "latest" */
    struct str digest;     /* "sha256:..."; of an id too; empty when there is none */
};

/* Returns 0, or -1 when the arena is full. A name that is refused is no error: see .valid. */
int image_reference_parse(struct arena *arena, struct str text, struct image_reference *ret);

/* [A-Za-z0-9_] and up to 127 of [A-Za-z0-9_.-]. */
bool image_reference_is_tag(struct str text);
/* "sha256:" and 64 lower-case hex digits, or the same of sha384 and sha512. */
bool image_reference_is_digest(struct str text);

#endif
