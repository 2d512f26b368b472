#include "policy/lua_time.h"

#include "lua_fixture.h"

#define GIVES(text, want) CHECK_TEXT(fixture_run(sandbox, text, NULL), want)

#define FIELDS(arguments)                                                                          \
    "local f = time.fields(" arguments ") return table.concat({ f.year, f.month, f.day, f.hour, "  \
    "f.minute, f.second, f.weekday, f.second_of_day }, ' ')"

int main(void)
{
    struct worker_page *page = fixture_page(100000, 1 << 20);
    struct sandbox *sandbox = fixture_sandbox(page);

    GIVES(FIELDS("0"), "1970 1 1 0 0 0 4 0");
    GIVES(FIELDS("-1"), "1969 12 31 23 59 59 3 86399");
    GIVES(FIELDS("1798761599, 3600"), "2027 1 1 0 59 59 5 3599");
    GIVES(FIELDS("0, -19800"), "1969 12 31 18 30 0 3 66600");
    GIVES("return time.text(1798761599)", "2026-12-31T23:59:59Z");
    GIVES("return time.text(1798761599, 3600)", "2027-01-01T00:59:59+01:00");
    GIVES("return time.text(0, -19800)", "1969-12-31T18:30:00-05:30");
    GIVES("return time.parse('2026-12-31T23:59:59Z')", "1798761599");
    GIVES("return time.parse('1970-01-02')", "86400");
    GIVES("return time.parse('2026-02-29')", "nil");
    GIVES("return time.parse('tomorrow')", "nil");
    GIVES("return time.text(253402214399)", "9999-12-30T23:59:59Z");
    GIVES("return time.text(253402214400)",
          "test.lua:1: bad argument #1 to 'text' (outside of the years 1 to 9999)");
    GIVES("return time.fields(-62135510401)",
          "test.lua:1: bad argument #1 to 'fields' (outside of the years 1 to 9999)");
    GIVES("return time.fields(0, 86401)",
          "test.lua:1: bad argument #2 to 'fields' (an offset is at most a day)");
    GIVES("return time.parse({})",
          "test.lua:1: bad argument #1 to 'parse' (string expected, got table)");
    sandbox_free(sandbox);
    return 0;
}
