#include "policy/lua_scan.h"

#include "check.h"

/* The tokens of text, "|" before each. */
static struct str scanned(const char *text)
{
    static char out[512];
    struct lua_scan scan;
    struct lua_token token;
    size_t used = 0;

    lua_scan_init(&scan, str_from(text));
    out[0] = '\0';
    while ((token = lua_scan_next(&scan)).kind != LUA_TOKEN_END)
        used += (size_t)snprintf(out + used, sizeof out - used, "|%.*s", STR_FMT(token.text));
    return str_from(out);
}

static enum lua_token_kind kind_of(const char *text)
{
    struct lua_scan scan;

    lua_scan_init(&scan, str_from(text));
    return lua_scan_next(&scan).kind;
}

static void takes_text_apart(void)
{
    CHECK_STR(scanned(""), "");
    CHECK_STR(scanned("local x_1 = a.b"), "|local|x_1|=|a|.|b");
    CHECK_STR(scanned("a==b~=c<=d>=e<<f>>g//h::i"), "|a|==|b|~=|c|<=|d|>=|e|<<|f|>>|g|//|h|::|i");
    CHECK_STR(scanned("a...b..c.d~e"), "|a|...|b|..|c|.|d|~|e");
    CHECK_STR(scanned("'x y' \"it's\" 'a\\'b' \"\\\\\""), "|x y|it's|a\\'b|\\\\");
    CHECK_STR(scanned("[[a]b]] [==[c]]d]=]e]==] f"), "|a]b|c]]d]=]e|f");
    CHECK_STR(scanned("a[b[1]]"), "|a|[|b|[|1|]|]");
    CHECK_STR(scanned("1 0x1F 1e-5 0x.8p+2 .5 3..2 1-2"), "|1|0x1F|1e-5|0x.8p+2|.5|3..2|1|-|2");
}

static void leaves_comments_out(void)
{
    CHECK_STR(scanned("a -- b 'c\nd"), "|a|d");
    CHECK_STR(scanned("a --[[b\nc]] d --[=[ ]] ]=] e"), "|a|d|e");
    CHECK_STR(scanned("a --[b]]\nc"), "|a|c");
    CHECK_STR(scanned("--"), "");
}

static void knows_kinds(void)
{
    CHECK(kind_of("andy") == LUA_TOKEN_NAME);
    CHECK(kind_of("and") == LUA_TOKEN_KEYWORD);
    CHECK(kind_of("0x") == LUA_TOKEN_NUMBER);
    CHECK(kind_of("''") == LUA_TOKEN_STRING);
    CHECK(kind_of("~") == LUA_TOKEN_SIGN);
    CHECK(kind_of(" \n--x") == LUA_TOKEN_END);
}

static void counts_lines(void)
{
    struct lua_scan scan;

    lua_scan_init(&scan, STR("a\n'b\\\nc' --[[\n]] d\n\n[[\n\n]] e"));
    CHECK(lua_scan_next(&scan).line == 1);
    CHECK(lua_scan_next(&scan).line == 2);
    CHECK(lua_scan_next(&scan).line == 4);
    CHECK(lua_scan_next(&scan).line == 6);
    CHECK(lua_scan_next(&scan).line == 8);
}

/* Cut off or binary, it ends all the same. */
static void survives_what_is_no_lua(void)
{
    CHECK_STR(scanned("'a"), "|");
    CHECK_STR(scanned("'"), "|");
    CHECK_STR(scanned("'a\\"), "|a");
    CHECK_STR(scanned("[[a"), "|a");
    CHECK_STR(scanned("[=[a]="), "|a]=");
    CHECK_STR(scanned("[="), "|[|=");
    CHECK_STR(scanned("--[[a"), "");
    CHECK_STR(scanned("\x1b$\xff"), "|\x1b|$|\xff");
}

int main(void)
{
    takes_text_apart();
    leaves_comments_out();
    knows_kinds();
    counts_lines();
    survives_what_is_no_lua();
    return 0;
}
