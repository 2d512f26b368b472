#ifndef POLICY_PARAM_TIME_H
#define POLICY_PARAM_TIME_H

#include <stdbool.h>

#include "base/arena.h"
#include "docker/node.h"

/* Parameters about the time of day, as rules get them. None knows a zone: rules add that of theirs.
 * Each returns false where text is nothing of the kind, or the arena is full. */

/* "mon" to "sun", as 1 to 7. */
bool param_time_weekday(struct str text, struct node *ret);
/* "+01:00" or "Z", as seconds east of Greenwich. */
bool param_time_zone(struct str text, struct node *ret);
/* "08:00-18:00" as { from, to } in seconds of a day; to is the first second that is not in it. Past
 * midnight, "22:00-06:00", it is below from. */
bool param_time_hours(struct str text, struct arena *arena, struct node *ret);
/* "2026-12-24/2027-01-02" (whole days) or "2026-12-24T18:00/2026-12-27T06:00" as { from, to } in
 * seconds since 1970. */
bool param_time_period(struct str text, struct arena *arena, struct node *ret);

#endif
