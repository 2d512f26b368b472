#include "policy/param_check.h"

#include <stdarg.h>
#include <stdio.h>

#include "docker/path_clean.h"
#include "policy/param_time.h"
#include "policy/value.h"

/* What people call each type, and what they are told to write. */
static const struct {
    const char *name; /* NULL: list_of() and map_of() do not take it */
    const char *expected;
} kinds[] = {
    [PARAM_BOOL] = {"bool", "true or false"},
    [PARAM_INT] = {"int", "a whole number"},
    [PARAM_NUMBER] = {"number", "a number"},
    [PARAM_STRING] = {"string", "a text in quotes"},
    [PARAM_PATH] = {"path", "an absolute path, such as \"/srv/data\""},
    [PARAM_GLOB] = {"glob", "a pattern in quotes, such as \"registry.example.com/*\""},
    [PARAM_SIZE] = {"size", "a size, such as 4096, \"512m\" or \"4g\""},
    [PARAM_DURATION] = {"duration", "a time, such as 90, \"15m\" or \"7d\""},
    [PARAM_URL] = {"url", "an address that starts with https:// or http://"},
    [PARAM_WEEKDAY] = {"weekday", "a day, \"mon\" to \"sun\""},
    [PARAM_HOURS] = {"hours", "hours of the day, such as \"08:00-18:00\""},
    [PARAM_PERIOD] = {"period", "a period, such as \"2026-12-24/2027-01-02\" or "
                                "\"2026-12-24T18:00/2026-12-27T06:00\""},
    [PARAM_ZONE] = {"zone", "an offset from UTC, such as \"+01:00\" or \"Z\""},
    [PARAM_ONE_OF] = {NULL, "one of its choices"},
    [PARAM_LIST] = {NULL, "a list, such as { \"a\", \"b\" }"},
    [PARAM_MAP] = {NULL, "a table with names, such as { key = ... }"},
    [PARAM_GROUP] = {NULL, "a table with names, such as { key = ... }"},
};

struct unit {
    char letter;
    int64_t factor;
};

static const struct unit size_units[] = {
    {'b', 1}, {'k', 1LL << 10}, {'m', 1LL << 20}, {'g', 1LL << 30}, {'t', 1LL << 40},
};
static const struct unit duration_units[] = {
    {'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}, {'w', 604800},
};

bool param_check_kind(struct str name, enum param_kind *ret)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!kinds[i].name || !str_eq(name, str_from(kinds[i].name)))
            continue;
        *ret = (enum param_kind)i;
        return true;
    }
    return false;
}

size_t param_check_enter(struct param_check *check, const char *fmt, ...)
{
    size_t len = strlen(check->path);
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(check->path + len, sizeof check->path - len, fmt, args);
    va_end(args);
    return len;
}

void param_check_leave(struct param_check *check, size_t len)
{
    check->path[len] = '\0';
}

static int wrong(struct param_check *check, const char *expected, const struct node *value)
{
    char got[96];

    (void)snprintf(check->text, check->size, "expected %s, got %s", expected,
                   value_describe(value, got, sizeof got));
    return -1;
}

static int full(struct param_check *check)
{
    (void)snprintf(check->text, check->size, "this set of policies is too large");
    return -1;
}

/* "512m", "1h30m": numbers, each with a unit. */
static bool read_units(struct str text, const struct unit *units, size_t count, int64_t *ret)
{
    int64_t total = 0;

    if (text.len == 0)
        return false;
    while (text.len > 0) {
        int64_t number = 0;
        size_t digits = 0;
        int64_t factor = 0;

        for (; digits < text.len && text.ptr[digits] >= '0' && text.ptr[digits] <= '9'; digits++)
            if (__builtin_mul_overflow(number, 10, &number) ||
                __builtin_add_overflow(number, text.ptr[digits] - '0', &number))
                return false;
        if (digits == 0 || digits == text.len)
            return false;
        for (size_t i = 0; i < count; i++)
            if ((text.ptr[digits] | 0x20) == units[i].letter)
                factor = units[i].factor;
        if (factor == 0 || __builtin_mul_overflow(number, factor, &number) ||
            __builtin_add_overflow(total, number, &total))
            return false;
        text = str_skip(text, digits + 1);
    }
    *ret = total;
    return true;
}

static int check_amount(struct param_check *check, enum param_kind kind, const struct node *value,
                        struct node *ret)
{
    bool is_size = kind == PARAM_SIZE;
    int64_t amount = value->type == NODE_INT ? value->integer : -1;

    if (value->type == NODE_STRING &&
        !(is_size ? read_units(value->string, size_units, sizeof size_units / sizeof *size_units,
                               &amount)
                  : read_units(value->string, duration_units,
                               sizeof duration_units / sizeof *duration_units, &amount)))
        amount = -1;
    if (amount < 0)
        return wrong(check, kinds[kind].expected, value);
    *ret = (struct node){.type = NODE_INT, .integer = amount};
    return 0;
}

static int check_path(struct param_check *check, const struct node *value, struct node *ret)
{
    struct str clean;

    if (value->type != NODE_STRING || !path_clean_is_absolute(value->string))
        return wrong(check, kinds[PARAM_PATH].expected, value);
    clean = path_clean(check->arena, value->string);
    if (!clean.ptr)
        return full(check);
    *ret = (struct node){.type = NODE_STRING, .string = clean};
    return 0;
}

static int check_time(struct param_check *check, enum param_kind kind, const struct node *value,
                      struct node *ret)
{
    struct str text = node_string(value);
    bool fits = false;

    if (kind == PARAM_WEEKDAY)
        fits = param_time_weekday(text, ret);
    else if (kind == PARAM_HOURS)
        fits = param_time_hours(text, check->arena, ret);
    else if (kind == PARAM_PERIOD)
        fits = param_time_period(text, check->arena, ret);
    else if (kind == PARAM_ZONE)
        fits = param_time_zone(text, ret);
    return fits ? 0 : wrong(check, kinds[kind].expected, value);
}

static int check_one_of(struct param_check *check, const struct param_spec *param,
                        const struct node *value)
{
    char expected[160] = "one of";
    size_t used = strlen(expected);

    for (size_t i = 0; i < param->choice_count; i++) {
        int added;

        if (value->type == NODE_STRING && str_eq(value->string, param->choices[i]))
            return 0;
        added = snprintf(expected + used, sizeof expected - used, " \"%.*s\"",
                         STR_FMT(param->choices[i]));
        used += added < 0 ? 0 : (size_t)added;
        if (used >= sizeof expected)
            used = sizeof expected - 1;
    }
    return wrong(check, expected, value);
}

static int check_list(struct param_check *check, const struct param_spec *param,
                      const struct node *value, struct node *ret)
{
    size_t count = node_count(value);
    struct node *items;

    if (value->type != NODE_LIST)
        return wrong(check, kinds[PARAM_LIST].expected, value);
    items = arena_array(check->arena, count ? count : 1, sizeof *items);
    if (!items)
        return full(check);
    for (size_t i = 0; i < count; i++) {
        size_t len = param_check_enter(check, "[%zu]", i + 1);

        if (param_check_value(check, param->of, node_item(value, i), &items[i]) < 0)
            return -1;
        param_check_leave(check, len);
    }
    *ret = (struct node){.type = NODE_LIST, .list = {items, count}};
    return 0;
}

static int check_map(struct param_check *check, const struct param_spec *param,
                     const struct node *value, struct node *ret)
{
    size_t count = node_count(value);
    struct member *members;

    if (value->type != NODE_MAP && value->type != NODE_STRUCT &&
        !(value->type == NODE_LIST && count == 0))
        return wrong(check, kinds[PARAM_MAP].expected, value);
    members = arena_array(check->arena, count ? count : 1, sizeof *members);
    if (!members)
        return full(check);
    for (size_t i = 0; i < count; i++) {
        const struct member *said = &value->fields.members[i];
        size_t len = param_check_enter(check, ".%.*s", STR_FMT(said->key));

        members[i].key = said->key;
        if (param_check_value(check, param->of, &said->value, &members[i].value) < 0)
            return -1;
        param_check_leave(check, len);
    }
    *ret = (struct node){.type = NODE_MAP, .fields = {members, count, NULL}};
    return 0;
}

/* The kinds that are kept as they are said. */
static bool fits(enum param_kind kind, const struct node *value)
{
    switch (kind) {
    case PARAM_BOOL:
        return value->type == NODE_BOOL;
    case PARAM_INT:
        return value->type == NODE_INT;
    case PARAM_NUMBER:
        return value->type == NODE_INT || value->type == NODE_FLOAT;
    case PARAM_STRING:
        return value->type == NODE_STRING;
    case PARAM_GLOB:
        return value->type == NODE_STRING && value->string.len > 0;
    case PARAM_URL:
        return value->type == NODE_STRING && (str_starts(value->string, STR("https://")) ||
                                              str_starts(value->string, STR("http://")));
    default:
        return false;
    }
}

int param_check_value(struct param_check *check, const struct param_spec *param,
                      const struct node *value, struct node *ret)
{
    switch (param->kind) {
    case PARAM_PATH:
        return check_path(check, value, ret);
    case PARAM_SIZE:
    case PARAM_DURATION:
        return check_amount(check, param->kind, value, ret);
    case PARAM_WEEKDAY:
    case PARAM_HOURS:
    case PARAM_PERIOD:
    case PARAM_ZONE:
        return check_time(check, param->kind, value, ret);
    case PARAM_LIST:
        return check_list(check, param, value, ret);
    case PARAM_MAP:
        return check_map(check, param, value, ret);
    case PARAM_ONE_OF:
        if (check_one_of(check, param, value) < 0)
            return -1;
        break;
    default:
        if (!fits(param->kind, value))
            return wrong(check, kinds[param->kind].expected, value);
    }
    *ret = *value;
    return 0;
}
