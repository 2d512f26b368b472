#include "docker/query.h"

#include <strings.h>

#include "docker/percent.h"

/* Go's own bound on the pieces of a query, empty ones included: engines built with Go since 1.26,
 * 1.25.6 or 1.24.12 see no parameter at all in a longer one, older engines see all of them.
 * Source: net/url, defaultMaxParams and parseQuery. */
enum { PIECES_MAX = 10000 };

static int refuse(struct refusal *refusal, struct str msg, struct str fix)
{
    return refusal_set(refusal, STR("request.query"), msg, fix);
}

/* The piece up to the next "&", taken off the front of *rest. */
static struct str next_piece(struct str *rest)
{
    struct str piece = str_take(*rest, str_find(*rest, '&'));

    *rest = str_skip(*rest, piece.len + 1);
    return piece;
}

/* How many pieces there are; those that are not empty in *filled. */
static size_t count_pieces(struct str raw, size_t *filled)
{
    size_t count = 1;

    for (size_t i = 0; i < raw.len; i++)
        count += raw.ptr[i] == '&';
    *filled = 0;
    while (raw.len > 0)
        *filled += next_piece(&raw).len > 0;
    return count;
}

/* Returns 0, or -1 when the arena is full. */
static int decode_param(struct str piece, struct arena *arena, struct param *ret)
{
    size_t equals = str_find(piece, '=');

    ret->key = percent_decode(str_take(piece, equals), PERCENT_QUERY, arena);
    ret->value = percent_decode(str_skip(piece, equals + 1), PERCENT_QUERY, arena);
    return ret->key.ptr && ret->value.ptr ? 0 : -1;
}

int query_parse(struct str raw, struct arena *arena, struct query *ret, struct refusal *refusal)
{
    if (str_find(raw, ';') < raw.len)
        return refuse(refusal, STR("the query contains \";\", which engines read differently"),
                      STR("separate parameters by \"&\" and send a \";\" in a value as %3B"));
    if (!percent_valid(raw))
        return refuse(refusal, STR("the query contains a \"%\" without two hexadecimal digits"),
                      STR("send a \"%\" in a value as %25"));

    size_t count;
    if (count_pieces(raw, &count) > PIECES_MAX)
        return refuse(refusal, STR("the query has more than 10000 parameters"), STR(""));
    if (count == 0) {
        *ret = (struct query){NULL, 0};
        return 0;
    }

    struct param *params = arena_array(arena, count, sizeof(*params));
    if (!params)
        return refusal_memory(refusal);
    for (size_t i = 0; i < count;) {
        struct str piece = next_piece(&raw);

        if (piece.len == 0)
            continue;
        if (decode_param(piece, arena, &params[i]))
            return refusal_memory(refusal);
        i++;
    }
    *ret = (struct query){params, count};
    return 0;
}

bool query_next(const struct query *query, struct str key, size_t *cursor, struct str *ret)
{
    for (; *cursor < query->count; (*cursor)++)
        if (str_eq(query->params[*cursor].key, key)) {
            *ret = query->params[(*cursor)++].value;
            return true;
        }
    return false;
}

struct str query_first(const struct query *query, struct str key)
{
    struct str value = STR("");
    size_t at = 0;

    (void)query_next(query, key, &at, &value);
    return value;
}

size_t query_count(const struct query *query, struct str key)
{
    struct str value;
    size_t count = 0;

    for (size_t at = 0; query_next(query, key, &at, &value);)
        count++;
    return count;
}

/* What Go's strings.TrimSpace takes off. */
static const struct str blanks[] = {
    STR_INIT(" "),      STR_INIT("\t"),     STR_INIT("\n"),       STR_INIT("\v"),
    STR_INIT("\f"),     STR_INIT("\r"),     STR_INIT("\xc2\x85"), STR_INIT("\u00a0"),
    STR_INIT("\u1680"), STR_INIT("\u2000"), STR_INIT("\u2001"),   STR_INIT("\u2002"),
    STR_INIT("\u2003"), STR_INIT("\u2004"), STR_INIT("\u2005"),   STR_INIT("\u2006"),
    STR_INIT("\u2007"), STR_INIT("\u2008"), STR_INIT("\u2009"),   STR_INIT("\u200a"),
    STR_INIT("\u2028"), STR_INIT("\u2029"), STR_INIT("\u202f"),   STR_INIT("\u205f"),
    STR_INIT("\u3000"),
};
enum { BLANK_COUNT = sizeof(blanks) / sizeof(blanks[0]) };

/* s without the blanks around it. */
static struct str trim(struct str s)
{
    for (size_t i = 0; i < BLANK_COUNT;) {
        size_t len = blanks[i].len;

        if (str_starts(s, blanks[i]))
            s = str_skip(s, len);
        else if (str_ends(s, blanks[i]))
            s = str_take(s, s.len - len);
        else {
            i++;
            continue;
        }
        i = 0;
    }
    return s;
}

static bool is_word(struct str s, const char *word)
{
    return s.len == strlen(word) && strncasecmp(s.ptr, word, s.len) == 0;
}

bool query_bool(const struct query *query, struct str key)
{
    struct str value = trim(query_first(query, key));

    return !(value.len == 0 || is_word(value, "0") || is_word(value, "no") ||
             is_word(value, "false") || is_word(value, "none"));
}
