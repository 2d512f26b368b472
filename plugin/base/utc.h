#ifndef BASE_UTC_H
#define BASE_UTC_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Times as seconds since 1970-01-01T00:00:00Z and as people write them (RFC 3339), for the years
 * 1 to 9999. There are no files of time zones here: a zone is an offset. */

enum { UTC_DAY_S = 86400, UTC_TEXT_BYTES = sizeof "9999-12-31T23:59:59Z" };

#define UTC_MIN_S INT64_C(-62135596800) /* 0001-01-01T00:00:00Z */
#define UTC_MAX_S INT64_C(253402300799) /* 9999-12-31T23:59:59Z */

struct utc {
    int year;
    int month;   /* 1 to 12 */
    int day;     /* 1 to 31 */
    int hour;    /* 0 to 23 */
    int minute;  /* 0 to 59 */
    int second;  /* 0 to 59 */
    int weekday; /* 1, Monday, to 7 */
};

/* seconds are in UTC_MIN_S to UTC_MAX_S. */
struct utc utc_split(int64_t seconds);

/* "2026-12-31", the first second of that day. Returns false where text is no date. */
bool utc_read_date(struct str text, int64_t *ret);
/* "18:00" or "18:00:30" as seconds of a day; "24:00" is its end. */
bool utc_read_clock(struct str text, int64_t *ret);
/* "+01:00", "-05:30" or "Z" as seconds east of Greenwich. */
bool utc_read_offset(struct str text, int64_t *ret);
/* "2026-12-31T18:00:00Z", with any offset; parts of a second are cut off. */
bool utc_read(struct str text, int64_t *ret);

/* "2026-12-31T18:00:00Z" in text. seconds as for utc_split(). */
const char *utc_text(int64_t seconds, char text[static UTC_TEXT_BYTES]);

/* The clock of this machine. */
int64_t utc_now(void);

#endif
