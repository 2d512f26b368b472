#ifndef POLICY_LOCATE_H
#define POLICY_LOCATE_H

#include "base/str.h"

/* The line, at or after from (1 is the first), on which a key stands in Lua text: in quotes, or as
 * a name before '='. Comments do not count. from when there is none: messages that say where a key
 * is need not be right about the line, but should be. */
int locate_key(struct str text, int from, struct str key);

/* The same for a way of keys, "memory.max" or "allow[2]": each after the one before. */
int locate_path(struct str text, int from, struct str path);

#endif
