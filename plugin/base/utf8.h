#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>

#include "base/str.h"

/* Bytes of the character that s begins with: 1 to 4, or 0 where s does not begin with well-formed
 * UTF-8 (overlong forms, surrogates and values beyond U+10FFFF are not). RFC 3629, section 4. */
size_t utf8_length(struct str s);

/* Whether s begins with a control character of Latin-1, U+0080 to U+009F, of which the last byte is
 * the number: terminals act upon these as upon those of ASCII. */
bool utf8_is_control(struct str s);

#endif
