#ifndef POLICY_MESSAGE_H
#define POLICY_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

enum {
    MESSAGE_MAX_BYTES = 4096,      /* of all that one caller is told */
    MESSAGE_TEXT_MAX_BYTES = 1024, /* of one text in it */
};

/* A text for people, out of whatever a rule or a request had in it: at most max bytes, one line,
 * valid UTF-8. Control characters become spaces, what is not UTF-8 '?'. Empty when the arena is
 * full. */
struct str message_clean(struct arena *arena, struct str text, size_t max);

/* Whether text begins with a place, as Lua puts it: "rules/site.lua:12: what". */
bool message_names_place(struct str text);

/* The lines of a denial, one a finding: "[rule.id] what is wrong (field). Fix: how to do it." What
 * goes beyond MESSAGE_MAX_BYTES is counted, not told. */
struct message {
    char text[MESSAGE_MAX_BYTES];
    size_t len;
    size_t untold;
};

/* Not by an initializer: that would clear the text, which takes longer than most decisions' rules.
 */
static inline void message_init(struct message *message)
{
    message->len = 0;
    message->untold = 0;
}

void message_add(struct message *message, struct str label, struct str msg, struct str field,
                 struct str fix);
/* The whole of it, in the arena; .ptr is NULL when that is full. */
struct str message_end(const struct message *message, struct arena *arena);

#endif
