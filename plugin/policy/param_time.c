#include "policy/param_time.h"

#include "base/utc.h"
#include "docker/view_builder.h"

enum { SPAN_FROM, SPAN_TO, SPAN_FIELDS };

static bool give_int(int64_t value, struct node *ret)
{
    *ret = (struct node){.type = NODE_INT, .integer = value};
    return true;
}

static bool give_span(int64_t from, int64_t to, struct arena *arena, struct node *ret)
{
    static const struct member span_shape[] = {
        [SPAN_FROM] = VIEW_FIELD("from", NODE_INT),
        [SPAN_TO] = VIEW_FIELD("to", NODE_INT),
    };
    struct member *span = arena_array(arena, SPAN_FIELDS, sizeof *span);

    if (!span)
        return false;
    memcpy(span, span_shape, sizeof span_shape);
    span[SPAN_FROM].value.integer = from;
    span[SPAN_TO].value.integer = to;
    *ret = (struct node){.type = NODE_STRUCT, .fields = {span, SPAN_FIELDS, NULL}};
    return true;
}

bool param_time_weekday(struct str text, struct node *ret)
{
    static const char *const names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

    for (int i = 0; i < 7; i++)
        if (str_eq(text, str_from(names[i])))
            return give_int(i + 1, ret);
    return false;
}

bool param_time_zone(struct str text, struct node *ret)
{
    int64_t offset;

    return utc_read_offset(text, &offset) && give_int(offset, ret);
}

bool param_time_hours(struct str text, struct arena *arena, struct node *ret)
{
    size_t dash = str_find(text, '-');
    int64_t from;
    int64_t to;

    return utc_read_clock(str_take(text, dash), &from) &&
           utc_read_clock(str_skip(text, dash + 1), &to) && from != to && from < UTC_DAY_S &&
           give_span(from, to, arena, ret);
}

/* "2026-12-24" or "2026-12-24T18:00". *is_day: it is a whole one. */
static bool read_moment(struct str text, bool *is_day, int64_t *ret)
{
    size_t mark = str_find(text, 'T');
    int64_t clock = 0;

    *is_day = mark == text.len;
    if (!utc_read_date(str_take(text, mark), ret) ||
        (!*is_day && !utc_read_clock(str_skip(text, mark + 1), &clock)))
        return false;
    *ret += clock;
    return true;
}

bool param_time_period(struct str text, struct arena *arena, struct node *ret)
{
    size_t slash = str_find(text, '/');
    bool is_day;
    int64_t from;
    int64_t to;

    if (!read_moment(str_take(text, slash), &is_day, &from) ||
        !read_moment(str_skip(text, slash + 1), &is_day, &to))
        return false;
    if (is_day)
        to += UTC_DAY_S;
    return from < to && give_span(from, to, arena, ret);
}
