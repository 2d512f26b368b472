#include "base/utc.h"

#include <stdio.h>
#include <time.h>

enum {
    HOUR_S = 3600,
    MINUTE_S = 60,
    OFFSET_HOURS_MAX = 14, /* the furthest east that anyone lives */
    ERA_DAYS = 146097,     /* 400 years */
    ERA_START_DAYS = 719468,
};

/* Days since 1970-01-01 of a date of the Gregorian calendar. Years begin in March here, so that
 * the leap day comes last: http://howardhinnant.github.io/date_algorithms.html, days_from_civil */
static int64_t days_of(int year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = y / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

    return era * ERA_DAYS + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           ERA_START_DAYS;
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && is_leap);
}

struct utc utc_split(int64_t seconds)
{
    /* From the first day of an era before year 1, so that nothing is negative. */
    int64_t days = (seconds - UTC_MIN_S) / UTC_DAY_S + UTC_MIN_S / UTC_DAY_S;
    int64_t rest = (seconds - UTC_MIN_S) % UTC_DAY_S;
    int64_t day = days + ERA_START_DAYS;
    int64_t day_of_era = day % ERA_DAYS;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153; /* from March */
    bool is_next = month >= 10;

    return (struct utc){
        .year = (int)(year_of_era + day / ERA_DAYS * 400 + is_next),
        .month = (int)(is_next ? month - 9 : month + 3),
        .day = (int)(day_of_year - (153 * month + 2) / 5 + 1),
        .hour = (int)(rest / HOUR_S),
        .minute = (int)(rest % HOUR_S / MINUTE_S),
        .second = (int)(rest % MINUTE_S),
        .weekday = (int)((day + 2) % 7) + 1, /* 0000-03-01 was a Wednesday */
    };
}

/* Exactly count digits at the start of *text, which is moved on. */
static bool take_number(struct str *text, size_t count, int *ret)
{
    int number = 0;

    if (text->len < count)
        return false;
    for (size_t i = 0; i < count; i++) {
        char c = text->ptr[i];

        if (c < '0' || c > '9')
            return false;
        number = number * 10 + (c - '0');
    }
    *text = str_skip(*text, count);
    *ret = number;
    return true;
}

static bool take_char(struct str *text, char c)
{
    if (text->len == 0 || text->ptr[0] != c)
        return false;
    *text = str_skip(*text, 1);
    return true;
}

static bool take_date(struct str *text, int64_t *ret)
{
    int year;
    int month;
    int day;

    if (!take_number(text, 4, &year) || !take_char(text, '-') || !take_number(text, 2, &month) ||
        !take_char(text, '-') || !take_number(text, 2, &day))
        return false;
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > month_days(year, month))
        return false;
    *ret = days_of(year, month, day) * UTC_DAY_S;
    return true;
}

static bool take_clock(struct str *text, int64_t *ret)
{
    int hour;
    int minute;
    int second = 0;

    if (!take_number(text, 2, &hour) || !take_char(text, ':') || !take_number(text, 2, &minute))
        return false;
    if (take_char(text, ':') && !take_number(text, 2, &second))
        return false;
    *ret = hour * HOUR_S + minute * MINUTE_S + second;
    return hour <= 24 && minute < 60 && second < 60 && *ret <= UTC_DAY_S;
}

bool utc_read_date(struct str text, int64_t *ret)
{
    return take_date(&text, ret) && text.len == 0;
}

bool utc_read_clock(struct str text, int64_t *ret)
{
    return take_clock(&text, ret) && text.len == 0;
}

bool utc_read_offset(struct str text, int64_t *ret)
{
    bool is_west = text.len > 0 && text.ptr[0] == '-';
    int hours;
    int minutes;

    *ret = 0;
    if (str_eq(text, STR("Z")))
        return true;
    if (!take_char(&text, is_west ? '-' : '+') || !take_number(&text, 2, &hours) ||
        !take_char(&text, ':') || !take_number(&text, 2, &minutes) || text.len > 0)
        return false;
    *ret = (int64_t)(hours * HOUR_S + minutes * MINUTE_S) * (is_west ? -1 : 1);
    return minutes < 60 && hours * HOUR_S + minutes * MINUTE_S <= OFFSET_HOURS_MAX * HOUR_S;
}

/* ".123456", as many digits as there are. */
static bool skip_fraction(struct str *text)
{
    int digit;
    bool any = false;

    if (!take_char(text, '.'))
        return true;
    while (take_number(text, 1, &digit))
        any = true;
    return any;
}

bool utc_read(struct str text, int64_t *ret)
{
    int64_t date;
    int64_t clock;
    int64_t offset;

    if (!take_date(&text, &date) || !take_char(&text, 'T') || text.len < sizeof "18:00:00" - 1 ||
        text.ptr[5] != ':' || !take_clock(&text, &clock) || clock == UTC_DAY_S ||
        !skip_fraction(&text) || !utc_read_offset(text, &offset))
        return false;
    *ret = date + clock - offset;
    return *ret >= UTC_MIN_S && *ret <= UTC_MAX_S;
}

const char *utc_text(int64_t seconds, char text[static UTC_TEXT_BYTES])
{
    struct utc t = utc_split(seconds);

    (void)snprintf(text, UTC_TEXT_BYTES, "%04u-%02u-%02uT%02u:%02u:%02uZ",
                   (unsigned)t.year % 10000U, (unsigned)t.month % 100U, (unsigned)t.day % 100U,
                   (unsigned)t.hour % 100U, (unsigned)t.minute % 100U, (unsigned)t.second % 100U);
    return text;
}

int64_t utc_now(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec;
}
