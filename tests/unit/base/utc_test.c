#include "base/utc.h"

#include "check.h"

/* seconds are that time of that weekday, both ways. */
static void is_time(const char *text, int64_t seconds, int weekday)
{
    char back[UTC_TEXT_BYTES];
    int64_t read = 0;

    CHECK(utc_read(str_from(text), &read));
    CHECK(read == seconds);
    CHECK(str_eq(str_from(utc_text(seconds, back)), str_from(text)));
    CHECK(utc_split(seconds).weekday == weekday);
}

/* Weekdays and seconds as date(1) of GNU coreutils has them. */
static void knows_the_calendar(void)
{
    is_time("1970-01-01T00:00:00Z", 0, 4);
    is_time("1969-12-31T23:59:59Z", -1, 3);
    is_time("2000-02-29T12:34:56Z", 951827696, 2);
    is_time("2000-03-01T00:00:00Z", 951868800, 3);
    is_time("2026-12-31T23:59:59Z", 1798761599, 4);
    is_time("2027-01-01T00:00:00Z", 1798761600, 5);
    is_time("2100-02-28T23:59:59Z", 4107542399, 7);
    is_time("2100-03-01T00:00:00Z", 4107542400, 1);
    is_time("0001-01-01T00:00:00Z", UTC_MIN_S, 1);
    is_time("9999-12-31T23:59:59Z", UTC_MAX_S, 5);
}

/* Every day of 800 years follows the one before. */
static void counts_days_without_a_gap(void)
{
    struct utc before = utc_split(UTC_MIN_S);

    for (int64_t day = 1; day < INT64_C(2) * 146097; day++) {
        struct utc now = utc_split(UTC_MIN_S + day * UTC_DAY_S);
        bool is_new_month = now.day == 1;

        CHECK(is_new_month || (now.day == before.day + 1 && now.month == before.month));
        CHECK(!is_new_month || now.month == before.month % 12 + 1);
        CHECK(!is_new_month || before.day >= 28);
        CHECK(now.year == before.year + (is_new_month && now.month == 1));
        CHECK(now.weekday == before.weekday % 7 + 1);
        before = now;
    }
}

static void takes_offsets(void)
{
    int64_t seconds;

    CHECK(utc_read(STR("1970-01-01T01:00:00+01:00"), &seconds) && seconds == 0);
    CHECK(utc_read(STR("1969-12-31T18:30:00.999-05:30"), &seconds) && seconds == 0);
    CHECK(utc_read_offset(STR("+14:00"), &seconds) && seconds == 50400);
    CHECK(utc_read_offset(STR("-00:01"), &seconds) && seconds == -60);
    CHECK(!utc_read_offset(STR("+14:01"), &seconds));
    CHECK(!utc_read_offset(STR("+01:60"), &seconds));
    CHECK(!utc_read_offset(STR("01:00"), &seconds));
    CHECK(!utc_read_offset(STR("+1"), &seconds));
    CHECK(!utc_read_offset(STR("CET"), &seconds));
    CHECK(!utc_read_offset(STR(""), &seconds));
}

static void takes_clocks(void)
{
    int64_t seconds;

    CHECK(utc_read_clock(STR("00:00"), &seconds) && seconds == 0);
    CHECK(utc_read_clock(STR("23:59:59"), &seconds) && seconds == 86399);
    CHECK(utc_read_clock(STR("24:00"), &seconds) && seconds == 86400);
    CHECK(!utc_read_clock(STR("24:00:01"), &seconds));
    CHECK(!utc_read_clock(STR("23:60"), &seconds));
    CHECK(!utc_read_clock(STR("8:00"), &seconds));
    CHECK(!utc_read_clock(STR("08:00:"), &seconds));
    CHECK(!utc_read_clock(STR("08"), &seconds));
}

static void refuses_what_is_no_time(void)
{
    static const char *const dates[] = {
        "2026-02-29", "2026-13-01",   "2026-00-01", "2026-01-00", "2026-04-31",  "0000-01-01",
        "2026-1-1",   "2026-12-31 ",  "26-12-31",   "20261231",   "2026/12/31",  "",
        "+026-12-31", "2026-12-31T0", "never",      "2100-02-29", "10000-01-01",
    };
    static const char *const times[] = {
        "2026-12-31",
        "2026-12-31T18:00:00",
        "2026-12-31T18:00Z",
        "2026-12-31T24:00:00Z",
        "2026-12-31 18:00:00Z",
        "2026-12-31T18:00:00.Z",
        "2026-12-31T18:00:00Zx",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
    };
    int64_t seconds;

    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        CHECK(!utc_read_date(str_from(dates[i]), &seconds));
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        CHECK(!utc_read(str_from(times[i]), &seconds));
    CHECK(utc_read_date(STR("2024-02-29"), &seconds) && seconds == 1709164800);
}

int main(void)
{
    knows_the_calendar();
    counts_days_without_a_gap();
    takes_offsets();
    takes_clocks();
    refuses_what_is_no_time();
    CHECK(utc_now() > 1700000000);
    return 0;
}
