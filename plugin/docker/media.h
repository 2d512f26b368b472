#ifndef DOCKER_MEDIA_H
#define DOCKER_MEDIA_H

#include "base/str.h"

/* What a Content-Type makes of a body. */
enum media {
    MEDIA_JSON,
    MEDIA_FORM,      /* application/x-www-form-urlencoded */
    MEDIA_MULTIPART, /* multipart/anything */
    MEDIA_OTHER,
    MEDIA_BAD, /* cannot be parsed; Go may take it for a form all the same */
    MEDIA_ODD, /* has a comma or a control character: two types in one */
};

/* Read a Content-Type as Go's mime.ParseMediaType does (RFC 2045, 5.1). */
enum media media_parse(struct str content_type);

#endif
