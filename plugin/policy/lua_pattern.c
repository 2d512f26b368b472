#include "policy/lua_pattern.h"

#include <lauxlib.h>

#include "policy/bytes.h"
#include "policy/lua_args.h"
#include "policy/match.h"
#include "policy/match_set.h"
#include "policy/steps.h"

enum { LOCAL_ITEMS = 32 }; /* enough for the patterns that people write; 40 bytes each */

struct search {
    struct str subject;
    struct match_pattern pattern;
    struct match match;
    struct match_item items[LOCAL_ITEMS];
};

/* [-0, +0 or +1] A pattern of many items leaves the memory for them on the stack. */
static void compile(lua_State *L, struct str text, enum match_syntax syntax, struct search *search)
{
    struct match_pattern *pattern = &search->pattern;
    size_t count;

    steps_take(L, 1 + text.len / STEPS_SCAN_BYTES);
    pattern->items = search->items;
    pattern->room = LOCAL_ITEMS;
    count = match_compile(text, syntax, pattern);
    if (count <= LOCAL_ITEMS)
        return;
    pattern->items = lua_newuserdatauv(L, count * sizeof *pattern->items, 0);
    pattern->room = count;
    (void)match_compile(text, syntax, pattern);
}

/* The next match from `from` on into search->match. Returns false where there is none. */
static bool find_next(lua_State *L, struct search *search, size_t from, size_t not_end)
{
    uint64_t before = steps_left(L), left = before;
    enum match_outcome outcome =
        match_find(&search->pattern, search->subject, from, not_end, &left, &search->match);

    if (outcome == MATCH_SPENT)
        steps_end(L);
    steps_take(L, before - left);
    if (outcome == MATCH_FAULT)
        (void)luaL_error(L, "%s", search->match.fault);
    return outcome == MATCH_YES;
}

/* [-0, +1] capture number i, from 0. Without captures the whole match counts as the first. */
static void push_capture(lua_State *L, const struct search *search, size_t i)
{
    const struct match *match = &search->match;
    struct match_capture capture = {match->start, match->end - match->start};

    if (i < match->count)
        capture = match->captures[i];
    else if (i > 0)
        (void)luaL_error(L, "invalid capture index %%%d", (int)i + 1);
    if (capture.len == MATCH_CAPTURE_OPEN)
        (void)luaL_error(L, "unfinished capture");
    if (capture.len == MATCH_CAPTURE_POSITION) {
        lua_pushinteger(L, (lua_Integer)capture.start + 1);
        return;
    }
    steps_take_block(L, capture.len);
    (void)lua_pushlstring(L, search->subject.ptr + capture.start, capture.len);
}

/* [-0, +n] the first `count` captures; returns how many. */
static int push_captures(lua_State *L, const struct search *search, size_t count)
{
    luaL_checkstack(L, (int)count, "too many captures");
    for (size_t i = 0; i < count; i++)
        push_capture(L, search, i);
    return (int)count;
}

/* The captures, or the whole match where the pattern has none. */
static int push_match(lua_State *L, const struct search *search)
{
    return push_captures(L, search, search->match.count ? search->match.count : 1);
}

static bool is_special(char c)
{
    switch (c) {
    case '^':
    case '$':
    case '*':
    case '+':
    case '?':
    case '.':
    case '(':
    case '[':
    case '%':
    case '-':
        return true;
    default:
        return false;
    }
}

/* Lua's find takes a pattern without any of these as plain text, even where it is malformed: ")".
 */
static bool is_plain(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (is_special(text.ptr[i]))
            return false;
    }
    return true;
}

static int find_plain(lua_State *L, struct str subject, struct str text, size_t from)
{
    size_t found;

    steps_take_block(L, subject.len - from);
    found = bytes_find(str_skip(subject, from), text);
    if (found == SIZE_MAX) {
        lua_pushnil(L);
        return 1;
    }
    found += from;
    lua_pushinteger(L, (lua_Integer)found + 1);
    lua_pushinteger(L, (lua_Integer)found + (lua_Integer)text.len);
    return 2;
}

int lua_pattern_find(lua_State *L)
{
    struct search search;
    struct str text = lua_args_str(L, 2);
    size_t from;

    search.subject = lua_args_str(L, 1);
    from = lua_args_start(L, 3, 1, search.subject.len);
    if (from > search.subject.len) {
        lua_pushnil(L);
        return 1;
    }
    steps_take(L, text.len / STEPS_SCAN_BYTES);
    if (lua_toboolean(L, 4) || is_plain(text))
        return find_plain(L, search.subject, text, from);
    compile(L, text, MATCH_PATTERN, &search);
    if (!find_next(L, &search, from, MATCH_ANY_END)) {
        lua_pushnil(L);
        return 1;
    }
    lua_pushinteger(L, (lua_Integer)search.match.start + 1);
    lua_pushinteger(L, (lua_Integer)search.match.end);
    return 2 + push_captures(L, &search, search.match.count);
}

int lua_pattern_match(lua_State *L)
{
    struct search search;
    struct str text = lua_args_str(L, 2);
    size_t from;

    search.subject = lua_args_str(L, 1);
    from = lua_args_start(L, 3, 1, search.subject.len);
    if (from > search.subject.len) {
        lua_pushnil(L);
        return 1;
    }
    compile(L, text, MATCH_PATTERN, &search);
    if (!find_next(L, &search, from, MATCH_ANY_END)) {
        lua_pushnil(L);
        return 1;
    }
    return push_match(L, &search);
}

/* What an iterator of gmatch keeps between its calls. Subject, pattern and compiled items are held
 * by the closure's other values. */
struct walk {
    struct search search;
    size_t next;     /* where to look from */
    size_t last_end; /* of the match before: an empty one there is no new match */
};

static int next_match(lua_State *L)
{
    struct walk *walk = lua_touserdata(L, lua_upvalueindex(1));

    if (walk->next > walk->search.subject.len ||
        !find_next(L, &walk->search, walk->next, walk->last_end)) {
        walk->next = walk->search.subject.len + 1;
        return 0;
    }
    walk->next = walk->last_end = walk->search.match.end;
    return push_match(L, &walk->search);
}

int lua_pattern_gmatch(lua_State *L)
{
    struct str subject = lua_args_str(L, 1);
    struct str text = lua_args_str(L, 2);
    size_t start = lua_args_start(L, 3, 1, subject.len);
    struct walk *walk;

    lua_settop(L, 2);
    walk = lua_newuserdatauv(L, sizeof *walk, 0);
    lua_insert(L, 1);
    walk->search.subject = subject;
    walk->next = start;
    walk->last_end = MATCH_ANY_END;
    compile(L, text, MATCH_NO_ANCHOR, &walk->search);
    lua_pushcclosure(L, next_match, lua_gettop(L));
    return 1;
}

/* Add the text at index 3 for one match, with its %0 to %9 filled in. */
static void add_text(lua_State *L, luaL_Buffer *out, const struct search *search, struct str text)
{
    while (text.len > 0) {
        size_t plain = str_find(text, '%');
        char what;

        steps_take_block(L, plain);
        luaL_addlstring(out, text.ptr, plain);
        if (plain == text.len)
            return;
        what = match_set_byte(text, plain + 1);
        if (what == '%') {
            luaL_addchar(out, '%');
        } else if (what == '0') {
            const struct match *match = &search->match;

            luaL_addlstring(out, search->subject.ptr + match->start, match->end - match->start);
        } else if (what >= '1' && what <= '9') {
            push_capture(L, search, (size_t)(what - '1'));
            luaL_addvalue(out);
        } else {
            (void)luaL_error(L, "invalid use of '%%' in replacement string");
        }
        text = str_skip(text, plain + 2);
    }
}

/* Add what the function or table at index 3 has for one match; nil and false keep the match. */
static void add_value(lua_State *L, luaL_Buffer *out, const struct search *search)
{
    const struct match *match = &search->match;

    if (lua_isfunction(L, 3)) {
        lua_pushvalue(L, 3);
        lua_call(L, push_match(L, search), 1);
    } else {
        push_capture(L, search, 0);
        (void)lua_gettable(L, 3);
    }
    if (lua_toboolean(L, -1)) {
        if (!lua_isstring(L, -1))
            (void)luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
        luaL_addvalue(out);
    } else {
        lua_pop(L, 1);
        luaL_addlstring(out, search->subject.ptr + match->start, match->end - match->start);
    }
}

/* A view (userdata) is as good as a table. */
static void check_replacement(lua_State *L)
{
    switch (lua_type(L, 3)) {
    case LUA_TNUMBER:
    case LUA_TSTRING:
    case LUA_TTABLE:
    case LUA_TFUNCTION:
    case LUA_TUSERDATA:
        return;
    default:
        (void)luaL_typeerror(L, 3, "string/function/table");
    }
}

/* Build the new subject in out; returns the number of replacements. */
static lua_Integer replace_all(lua_State *L, luaL_Buffer *out, struct search *search,
                               lua_Integer most)
{
    struct str replacement = {NULL, 0}, subject = search->subject;
    size_t done = 0, last_end = MATCH_ANY_END;
    lua_Integer count = 0;

    if (lua_isstring(L, 3))
        replacement = lua_args_str(L, 3);
    while (count < most && find_next(L, search, done, last_end)) {
        luaL_addlstring(out, subject.ptr + done, search->match.start - done);
        if (replacement.ptr)
            add_text(L, out, search, replacement);
        else
            add_value(L, out, search);
        count++;
        done = last_end = search->match.end;
        if (search->pattern.anchored)
            break;
    }
    luaL_addlstring(out, subject.ptr + done, subject.len - done);
    return count;
}

int lua_pattern_gsub(lua_State *L)
{
    struct search search;
    struct str text = lua_args_str(L, 2);
    lua_Integer most, count;
    luaL_Buffer out;

    search.subject = lua_args_str(L, 1);
    check_replacement(L);
    most = luaL_optinteger(L, 4, (lua_Integer)search.subject.len + 1);
    compile(L, text, MATCH_PATTERN, &search);
    steps_take_block(L, search.subject.len);
    luaL_buffinit(L, &out);
    count = replace_all(L, &out, &search, most);
    luaL_pushresult(&out);
    lua_pushinteger(L, count);
    return 2;
}
