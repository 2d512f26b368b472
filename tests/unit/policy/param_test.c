#include "policy/param.h"

#include "set_fixture.h"

/* Load a rule with the parameter x, declared so, and a profile that tells it this (NULL: nothing).
 * Returns whether that loads. */
static bool load(struct set_fixture *fixture, const char *declared, const char *told)
{
    static char rule[2048];
    static char profile[1024];

    (void)snprintf(rule, sizeof rule,
                   "local function show(x)\n"
                   "  if type(x) ~= 'table' then return tostring(x) end\n"
                   "  local out = {}\n"
                   "  for k, v in pairs(x) do out[#out + 1] = k .. '=' .. show(v) end\n"
                   "  return table.concat(out, ' ') .. ';'\n"
                   "end\n"
                   "return rule { id = 'site.a', on = '*', params = { x = %s },\n"
                   "check = function(req, p) return deny(show(p.x)) end }",
                   declared);
    (void)snprintf(profile, sizeof profile,
                   "return profile { id = 'site', extends = 'baseline', rules = {\n"
                   "['site.a'] = { params = { %s%s } } } }",
                   told ? "x = " : "", told ? told : "");
    return set_fixture_load(fixture, SET_FIXTURE_OPEN, "policy/rules/a.lua", rule,
                            "policy/policy.lua", profile, NULL);
}

static void gets(const char *declared, const char *told, const char *shown)
{
    static struct route route = {.action = ACTION_CONTAINER_CREATE};
    struct request request = {.envelope = {.method = STR("POST"), .uri = STR("/x")},
                              .route = &route,
                              .view = {.type = NODE_STRUCT}};
    struct set_fixture fixture;
    struct verdict verdict;
    char want[512];
    bool loads = load(&fixture, declared, told);

    if (!loads)
        (void)fprintf(stderr, "%s, %s: %.*s", declared, told,
                      STR_FMT(buffer_view(&fixture.findings)));
    CHECK(loads);
    policy_set_decide(fixture.set, &request, &verdict);
    (void)snprintf(want, sizeof want, "[site.a] %s.", shown);
    if (!str_eq(verdict.msg, str_from(want)))
        (void)fprintf(stderr, "%s, %s: %.*s\n", declared, told ? told : "", STR_FMT(verdict.msg));
    CHECK(str_eq(verdict.msg, str_from(want)));
    set_fixture_done(&fixture);
}

static void refuses(const char *declared, const char *told, const char *words)
{
    struct set_fixture fixture;
    char want[512];

    CHECK(!load(&fixture, declared, told));
    (void)snprintf(want, sizeof want, "policy.lua:2: rule site.a: parameter %s\n", words);
    if (!str_eq(buffer_view(&fixture.findings), str_from(want)))
        (void)fprintf(stderr, "%s, %s: %.*s", declared, told,
                      STR_FMT(buffer_view(&fixture.findings)));
    CHECK(str_eq(buffer_view(&fixture.findings), str_from(want)));
    set_fixture_done(&fixture);
}

static void takes_sizes(void)
{
#define EXPECTED "x: expected a size, such as 4096, \"512m\" or \"4g\", got "
    gets("size('512m')", NULL, "536870912");
    gets("size()", "0", "0");
    gets("size()", "'1b'", "1");
    gets("size()", "'4G'", "4294967296");
    gets("size()", "'1g512m'", "1610612736");
    gets("size()", "'8388607t'", "9223370937343148032");
    refuses("size()", "'8388608t'", EXPECTED "\"8388608t\"");
    refuses("size()", "-1", EXPECTED "-1");
    refuses("size()", "1.5", EXPECTED "1.5");
    refuses("size()", "''", EXPECTED "\"\"");
    refuses("size()", "'512'", EXPECTED "\"512\"");
    refuses("size()", "'512mb'", EXPECTED "\"512mb\"");
    refuses("size()", "'-1m'", EXPECTED "\"-1m\"");
    refuses("size()", "'1.5g'", EXPECTED "\"1.5g\"");
#undef EXPECTED
}

static void takes_durations(void)
{
#define EXPECTED "x: expected a time, such as 90, \"15m\" or \"7d\", got "
    gets("duration('1h')", NULL, "3600");
    gets("duration()", "90", "90");
    gets("duration()", "'1h30m'", "5400");
    gets("duration()", "'2w'", "1209600");
    gets("duration()", "'0s'", "0");
    refuses("duration()", "'1y'", EXPECTED "\"1y\"");
    refuses("duration()", "'h'", EXPECTED "\"h\"");
    refuses("duration()", "true", EXPECTED "true");
    refuses("duration()", "'9223372036854775807m'", EXPECTED "\"9223372036854775807m\"");
#undef EXPECTED
}

static void takes_paths_and_globs(void)
{
#define EXPECTED "x: expected an absolute path, such as \"/srv/data\", got "
    gets("path('/srv//data/../x/')", NULL, "/srv/x");
    gets("path()", "'/'", "/");
    refuses("path()", "'srv'", EXPECTED "\"srv\"");
    refuses("path()", "''", EXPECTED "\"\"");
#undef EXPECTED
    gets("glob('a*')", NULL, "a*");
    refuses("glob()", "''",
            "x: expected a pattern in quotes, such as \"registry.example.com/*\", got \"\"");
    gets("url()", "'https://a'", "https://a");
    refuses("url()", "'ftp://a'",
            "x: expected an address that starts with https:// or http://, got \"ftp://a\"");
}

static void takes_scalars(void)
{
    gets("bool()", NULL, "false");
    gets("bool(true)", "false", "false");
    refuses("bool()", "'true'", "x: expected true or false, got \"true\"");
    gets("int()", NULL, "nil");
    gets("int()", "-3", "-3");
    refuses("int()", "1.0", "x: expected a whole number, got 1");
    gets("number()", "1.5", "1.5");
    refuses("number()", "'1'", "x: expected a number, got \"1\"");
    gets("string_of('a')", "''", "");
    refuses("string_of('a')", "{}", "x: expected a text in quotes, got an empty table");
    gets("one_of { 'a', 'b' }", NULL, "a");
    gets("one_of { 'a', 'b' }", "'b'", "b");
    refuses("one_of { 'a', 'b' }", "'c'", "x: expected one of \"a\" \"b\", got \"c\"");
}

static void takes_lists_and_maps(void)
{
    gets("list_of('size', { '1k' })", NULL, "1=1024;");
    gets("list_of('size', { '1k' })", "{}", ";");
    refuses("list_of('size')", "{ 1, 'x' }",
            "x[2]: expected a size, such as 4096, \"512m\" or \"4g\", got \"x\"");
    gets("map_of('duration')", "{ a = '1m', b = 2 }", "a=60 b=2;");
    refuses("map_of('duration')", "{ a = '1m', b = 'x' }",
            "x.b: expected a time, such as 90, \"15m\" or \"7d\", got \"x\"");
    refuses("map_of('int')", "{ 1 }",
            "x: expected a table with names, such as { key = ... }, got a list");
}

static void takes_times(void)
{
#define HOURS "x: expected hours of the day, such as \"08:00-18:00\", got "
#define PERIOD                                                                                     \
    "x: expected a period, such as \"2026-12-24/2027-01-02\" or "                                  \
    "\"2026-12-24T18:00/2026-12-27T06:00\", got "
    gets("weekday('mon')", NULL, "1");
    gets("weekday()", "'sun'", "7");
    refuses("weekday()", "'Mon'", "x: expected a day, \"mon\" to \"sun\", got \"Mon\"");
    gets("zone('Z')", "'-05:30'", "-19800");
    refuses("zone('Z')", "'+14:01'",
            "x: expected an offset from UTC, such as \"+01:00\" or \"Z\", got \"+14:01\"");
    gets("hours()", "'00:00-24:00'", "from=0 to=86400;");
    gets("hours()", "'22:00-06:00:01'", "from=79200 to=21601;");
    refuses("hours()", "'08:00-08:00'", HOURS "\"08:00-08:00\"");
    refuses("hours()", "'24:00-06:00'", HOURS "\"24:00-06:00\"");
    refuses("hours()", "'08:00'", HOURS "\"08:00\"");
    gets("period()", "'1970-01-01/1970-01-01'", "from=0 to=86400;");
    gets("period()", "'1970-01-01T00:00/1970-01-01T00:00:01'", "from=0 to=1;");
    refuses("period()", "'1970-01-01T00:00/1970-01-01T00:00'",
            PERIOD "\"1970-01-01T00:00/1970-01-01T00:00\"");
    refuses("period()", "'1970-01-02/1970-01-01'", PERIOD "\"1970-01-02/1970-01-01\"");
    refuses("period()", "'2026-12-24'", PERIOD "\"2026-12-24\"");
    refuses("period()", "'2026-02-30/2026-03-01'", PERIOD "\"2026-02-30/2026-03-01\"");
#undef HOURS
#undef PERIOD
}

int main(void)
{
    takes_sizes();
    takes_durations();
    takes_paths_and_globs();
    takes_scalars();
    takes_lists_and_maps();
    takes_times();
    return 0;
}
