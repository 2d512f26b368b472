#include "policy/miscompiled.h"

#include <lauxlib.h>
#include <stdio.h>

#include "policy/lua_scan.h"

enum {
    CONSTANTS_MAX =
        256, /* of a function, up to which all is well: MAXINDEXRK in Lua's lopcodes.h */
    CANARY_BYTES = 4096,
    BRACKETS_MAX = 200, /* Lua itself nests no deeper: LUAI_MAXCCALLS */
    SEEN_SLOTS = 1024,  /* a power of two, well above CONSTANTS_MAX */
};

/* A function with that many constants before the one that matters. */
static void write_canary(char text[CANARY_BYTES])
{
    size_t used = (size_t)snprintf(text, CANARY_BYTES, "local all = {");

    for (int i = 0; i < CONSTANTS_MAX; i++)
        used += (size_t)snprintf(text + used, CANARY_BYTES - used, "'s%d',", i);
    (void)snprintf(text + used, CANARY_BYTES - used, "} return 1 & (2 or 3)");
}

/* Whether the chunk runs and returns that. [-0, +0] */
static bool gives(lua_State *L, const char *text, lua_Integer want)
{
    int top = lua_gettop(L);
    bool is_right = luaL_loadbufferx(L, text, strlen(text), "=canary", "t") == LUA_OK &&
                    lua_pcall(L, 0, 1, 0) == LUA_OK && lua_isinteger(L, -1) &&
                    lua_tointeger(L, -1) == want;

    lua_settop(L, top);
    return is_right;
}

unsigned miscompiled_probe(lua_State *L)
{
    static const char index[] = "local t = { [true] = 1, [false] = 2 }\n"
                                "local function read(a, b) return t[a < b] end\n"
                                "return read(1, 2) + 2 * read(2, 1)";
    char bits[CANARY_BYTES];
    unsigned faults = 0;

    write_canary(bits);
    if (!gives(L, bits, 0))
        faults |= MISCOMPILED_BITS;
    if (!gives(L, index, 5))
        faults |= MISCOMPILED_INDEX;
    return faults;
}

enum bracket_kind {
    BRACKET_OTHER, /* arguments, a table, an index that is not hit: a border for what is in it */
    BRACKET_GROUP, /* parentheses around an operand: what is in it is seen from outside */
    BRACKET_INDEX, /* of a table that may be a local of an outer function */
};

struct bracket {
    enum bracket_kind kind;
    bool compares; /* holds a comparison whose value may be that of the whole */
    bool decides;  /* holds `and` or `or` on its own level: its value was put away whole */
    struct lua_token table;
};

struct search {
    unsigned faults;
    struct bracket brackets[BRACKETS_MAX];
    size_t depth;
    struct lua_token before[2]; /* the two tokens before, nearest first */
    struct lua_token bits;      /* the first doubtful operator; kind END: none */
    struct miscompiled_place *place;
};

/* n & ( : only an operand in parentheses can hold the jumps that are compiled wrongly. */
static void look_for_bits(struct search *search, const struct lua_token *token)
{
    const struct lua_token *sign = &search->before[0];

    if (sign->kind == LUA_TOKEN_SIGN && search->bits.kind == LUA_TOKEN_END &&
        lua_token_is(token, "(") &&
        (lua_token_is(sign, "&") || lua_token_is(sign, "|") ||
         (lua_token_is(sign, "~") && lua_token_ends_operand(&search->before[1]))))
        search->bits = *sign;
}

static bool is_comparison(const struct lua_token *token)
{
    if (token->kind != LUA_TOKEN_SIGN)
        return false;
    if (token->text.len == 1)
        return token->text.ptr[0] == '<' || token->text.ptr[0] == '>';
    return token->text.ptr[1] == '=';
}

static enum bracket_kind kind_of(const struct search *search, const struct lua_token *token)
{
    const struct lua_token *before = search->before;

    if (lua_token_is(token, "(") && !lua_token_ends_operand(&before[0]))
        return BRACKET_GROUP;
    /* a.b[...] is no local's own index. */
    if (lua_token_is(token, "[") && before[0].kind == LUA_TOKEN_NAME &&
        !lua_token_is(&before[1], ".") && !lua_token_is(&before[1], ":"))
        return BRACKET_INDEX;
    return BRACKET_OTHER;
}

static bool close_bracket(struct search *search)
{
    const struct bracket *closed = &search->brackets[--search->depth];

    if (closed->kind == BRACKET_GROUP && search->depth > 0 && closed->compares)
        search->brackets[search->depth - 1].compares = true;
    if (closed->kind != BRACKET_INDEX || !closed->compares || closed->decides)
        return false;
    search->place->line = closed->table.line;
    (void)snprintf(search->place->what, MISCOMPILED_WHAT_BYTES,
                   "this build of Lua may read something else than %.*s[...] where a comparison "
                   "stands in the brackets; put its value into a local before, such as: local key "
                   "= a < b",
                   STR_FMT(str_take(closed->table.text, 64)));
    return true;
}

/* Returns true when a place was found. */
static bool look_for_index(struct search *search, const struct lua_token *token)
{
    struct bracket *top = search->depth ? &search->brackets[search->depth - 1] : NULL;

    if (token->kind != LUA_TOKEN_SIGN && token->kind != LUA_TOKEN_KEYWORD)
        return false;
    if (lua_token_is(token, "(") || lua_token_is(token, "[") || lua_token_is(token, "{")) {
        if (search->depth < BRACKETS_MAX)
            search->brackets[search->depth++] = (struct bracket){
                .kind = kind_of(search, token),
                .table = search->before[0],
            };
        return false;
    }
    if (!top)
        return false;
    if (lua_token_is(token, ")") || lua_token_is(token, "]") || lua_token_is(token, "}"))
        return close_bracket(search);
    top->compares |= is_comparison(token);
    top->decides |= lua_token_is(token, "and") || lua_token_is(token, "or");
    return false;
}

static bool is_constant(const struct lua_token *token)
{
    return token->kind == LUA_TOKEN_NAME || token->kind == LUA_TOKEN_STRING ||
           token->kind == LUA_TOKEN_NUMBER || lua_token_is(token, "nil") ||
           lua_token_is(token, "true") || lua_token_is(token, "false");
}

static size_t hash(struct str text)
{
    size_t value = text.len;

    for (size_t i = 0; i < text.len; i++)
        value = value * 31 + (unsigned char)text.ptr[i];
    return value;
}

/* Whether a function of the text may have too many constants. A name or string is one constant
 * wherever it stands; a number counts each time, as it may be folded into a value of its own. */
static bool has_many_constants(struct str text)
{
    struct str seen[SEEN_SLOTS] = {{0}};
    size_t constants = 0;
    struct lua_scan scan;
    struct lua_token token;

    lua_scan_init(&scan, text);
    while (constants <= CONSTANTS_MAX && (token = lua_scan_next(&scan)).kind != LUA_TOKEN_END) {
        size_t slot = hash(token.text) % SEEN_SLOTS;

        if (!is_constant(&token))
            continue;
        while (seen[slot].ptr && !str_eq(seen[slot], token.text))
            slot = (slot + 1) % SEEN_SLOTS;
        if (seen[slot].ptr && token.kind != LUA_TOKEN_NUMBER)
            continue;
        seen[slot] = token.text;
        constants++;
    }
    return constants > CONSTANTS_MAX;
}

static bool tell_bits(const struct search *search, struct str text)
{
    if (search->bits.kind == LUA_TOKEN_END || !has_many_constants(text))
        return false;
    search->place->line = search->bits.line;
    (void)snprintf(search->place->what, MISCOMPILED_WHAT_BYTES,
                   "in a file with more than %d names, strings and numbers this build of Lua gets "
                   "%.*s (a or b) wrong; put what stands in the parentheses into a local before, "
                   "or long lists into another file",
                   CONSTANTS_MAX, STR_FMT(search->bits.text));
    return true;
}

bool miscompiled_find(struct str text, unsigned faults, struct miscompiled_place *ret)
{
    struct search search = {.faults = faults, .place = ret};
    struct lua_scan scan;
    struct lua_token token;

    if (faults == 0)
        return false;
    lua_scan_init(&scan, text);
    while ((token = lua_scan_next(&scan)).kind != LUA_TOKEN_END) {
        if (faults & MISCOMPILED_BITS)
            look_for_bits(&search, &token);
        if ((faults & MISCOMPILED_INDEX) && look_for_index(&search, &token))
            return true;
        search.before[1] = search.before[0];
        search.before[0] = token;
    }
    return tell_bits(&search, text);
}
