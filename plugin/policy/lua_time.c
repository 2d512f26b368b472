#include "policy/lua_time.h"

#include <lauxlib.h>
#include <stdio.h>

#include "base/utc.h"
#include "policy/lua_args.h"

/* The seconds at index, moved east by those at the next index, if any. */
static int64_t check_seconds(lua_State *L, int index)
{
    lua_Integer seconds = luaL_checkinteger(L, index);
    lua_Integer offset = luaL_optinteger(L, index + 1, 0);

    luaL_argcheck(L, offset >= -UTC_DAY_S && offset <= UTC_DAY_S, index + 1,
                  "an offset is at most a day");
    luaL_argcheck(L, seconds >= UTC_MIN_S + UTC_DAY_S && seconds <= UTC_MAX_S - UTC_DAY_S, index,
                  "outside of the years 1 to 9999");
    return seconds + offset;
}

static void set_int(lua_State *L, const char *key, int64_t value)
{
    lua_pushinteger(L, value);
    lua_setfield(L, -2, key);
}

static int time_fields(lua_State *L)
{
    int64_t seconds = check_seconds(L, 1);
    struct utc t = utc_split(seconds);

    lua_createtable(L, 0, 8);
    set_int(L, "year", t.year);
    set_int(L, "month", t.month);
    set_int(L, "day", t.day);
    set_int(L, "hour", t.hour);
    set_int(L, "minute", t.minute);
    set_int(L, "second", t.second);
    set_int(L, "weekday", t.weekday);
    set_int(L, "second_of_day", (t.hour * 60 + t.minute) * 60 + t.second);
    return 1;
}

static int time_parse(lua_State *L)
{
    struct str text = lua_args_str(L, 1);
    int64_t seconds;

    if (!utc_read_date(text, &seconds) && !utc_read(text, &seconds))
        return 0;
    lua_pushinteger(L, seconds);
    return 1;
}

/* "2026-12-31T18:00:00Z", or with the offset that was given. */
static int time_text(lua_State *L)
{
    char text[UTC_TEXT_BYTES];
    int64_t seconds = check_seconds(L, 1);
    lua_Integer offset = luaL_optinteger(L, 2, 0);
    int minutes = (int)((offset < 0 ? -offset : offset) / 60);
    char zone[16] = "Z";

    if (offset != 0)
        (void)snprintf(zone, sizeof zone, "%c%02d:%02d", offset < 0 ? '-' : '+', minutes / 60,
                       minutes % 60);
    (void)utc_text(seconds, text);
    (void)lua_pushlstring(L, text, sizeof text - sizeof "Z");
    (void)lua_pushstring(L, zone);
    lua_concat(L, 2);
    return 1;
}

void lua_time_open(lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"fields", time_fields}, {"parse", time_parse}, {"text", time_text}, {NULL, NULL}};

    luaL_newlib(L, functions);
}
