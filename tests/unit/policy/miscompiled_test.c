#include "policy/miscompiled.h"

#include <stdlib.h>

#include "lua_state.h"

enum { TEXT_BYTES = 16384, BOTH = MISCOMPILED_ALL };

static int line_of(const char *text, unsigned faults)
{
    struct miscompiled_place place;

    return miscompiled_find(str_from(text), faults, &place) ? place.line : 0;
}

/* "local all = { 's0', ... }" with count strings, then the text. Names count: `all` is one. */
static const char *after_strings(int count, const char *text)
{
    static char out[TEXT_BYTES];
    size_t used = (size_t)snprintf(out, sizeof out, "local all = {");

    for (int i = 0; i < count; i++)
        used += (size_t)snprintf(out + used, sizeof out - used, "'s%d',", i);
    (void)snprintf(out + used, sizeof out - used, "}\n%s", text);
    return out;
}

static void finds_doubtful_operators(void)
{
    /* One name and one number beside the strings. */
    CHECK(line_of(after_strings(254, "return 1 & (all or all)"), BOTH) == 0);
    CHECK(line_of(after_strings(255, "return 1 & (all or all)"), BOTH) == 2);
    CHECK(line_of(after_strings(300, "return 1 | (all or all)"), BOTH) == 2);
    CHECK(line_of(after_strings(300, "return all ~ (all or all)"), BOTH) == 2);
    CHECK(line_of(after_strings(300, "return 1 &\n(all or all)"), BOTH) == 2);
    CHECK(line_of(after_strings(300, "return ~(all or all)"), BOTH) == 0);
    CHECK(line_of(after_strings(300, "return (all or all) & 1"), BOTH) == 0);
    CHECK(line_of(after_strings(300, "return 1 & all ~= (all or all)"), BOTH) == 0);
    CHECK(line_of(after_strings(300, "return 1 & (all or all)"), MISCOMPILED_INDEX) == 0);
    CHECK(line_of(after_strings(300, "return 1 & (all or all)"), 0) == 0);
}

static void finds_doubtful_indices(void)
{
    CHECK(line_of("\nreturn t[a < b]", BOTH) == 2);
    CHECK(line_of("return t[a ~= b]", BOTH) == 1);
    CHECK(line_of("return t[(a == b)]", BOTH) == 1);
    CHECK(line_of("return t[not (a >= b)]", BOTH) == 1);
    CHECK(line_of("return u.v[t[a > b]]", BOTH) == 1);
    CHECK(line_of("t[a <= b] = 1", BOTH) == 1);
    CHECK(line_of("return t[a < b]", MISCOMPILED_BITS) == 0);

    CHECK(line_of("return t[a]", BOTH) == 0);
    CHECK(line_of("return t[a < b and 1 or 2]", BOTH) == 0);
    CHECK(line_of("return t[f(a < b)]", BOTH) == 0);
    CHECK(line_of("return a.t[a < b]", BOTH) == 0);
    CHECK(line_of("return t[#{ a < b }]", BOTH) == 0);
    CHECK(line_of("return { [a < b] = 1 }", BOTH) == 0);
    CHECK(line_of("return t[1] < t[2]", BOTH) == 0);
    CHECK(line_of("return '[a < b]' -- t[a < b]", BOTH) == 0);
}

static unsigned probe(void)
{
    struct steps steps;
    lua_State *L = lua_state_new(&steps);
    unsigned faults = miscompiled_probe(L);

    CHECK(lua_gettop(L) == 0);
    lua_close(L);
    return faults;
}

/* xorshift: the same expressions in each run. */
static unsigned draw(unsigned below)
{
    static unsigned state = 88172645;

    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state % below;
}

static size_t add_expression(char *out, size_t size, int depth)
{
    static const char *const leaves[] = {"a", "b", "1", "2", "300", "t.x", "K", "g", "nil", "f(a)"};
    static const char *const signs[] = {"+",  "&",  "|", "~",   "&",  "|",  "~",   "<<", "<",
                                        "==", "~=", ">", "and", "or", "or", "and", "..", "*"};
    static const char *const unary[] = {"-", "~", "not "};
    size_t used = 0;

    if (depth == 0 || draw(6) == 0)
        return (size_t)snprintf(out, size, "%s", leaves[draw(10)]);
    switch (draw(8)) {
    case 0:
        used = (size_t)snprintf(out, size, "%s(", unary[draw(3)]);
        break;
    case 1:
        used = (size_t)snprintf(out, size, "up[");
        used += add_expression(out + used, size - used, depth - 1);
        return used + (size_t)snprintf(out + used, size - used, "]");
    default:
        used = (size_t)snprintf(out, size, "(");
        used += add_expression(out + used, size - used, depth - 1);
        used += (size_t)snprintf(out + used, size - used, " %s ", signs[draw(18)]);
    }
    used += add_expression(out + used, size - used, depth - 1);
    return used + (size_t)snprintf(out + used, size - used, ")");
}

/* What the expression comes to, as text. In the plain spelling no fault strikes: few constants, and
 * the table is put into a register by its parentheses. */
static void evaluate(lua_State *L, const char *padding, const char *table, const char *expression,
                     char result[64])
{
    static const char text[] =
        "%slocal up = { [true] = 'T', [false] = 'F', 'one', 'two' }\n"
        "local K <const> = 9\n"
        "return (function(t, f, a, b) %s local p = { 'other' } do local q = p "
        "end return %s end)({ x = 4 }, function(x) return x end, 1, 2)";
    char chunk[TEXT_BYTES];
    char plain[1024];
    size_t used = 0;

    for (const char *at = expression; *at && used < sizeof plain - 8; at++) {
        if (strncmp(at, "up[", 3) == 0) {
            used += (size_t)snprintf(plain + used, sizeof plain - used, "%s", table);
            at++;
        } else {
            plain[used++] = *at;
        }
    }
    plain[used] = '\0';
    (void)snprintf(chunk, sizeof chunk, text, "", padding, plain);
    if (luaL_loadstring(L, chunk) != LUA_OK)
        (void)snprintf(result, 64, "syntax");
    else if (lua_pcall(L, 0, 1, 0) != LUA_OK)
        (void)snprintf(result, 64, "error");
    else
        (void)snprintf(result, 64, "%s", luaL_tolstring(L, -1, NULL));
    lua_settop(L, 0);
}

/* Whatever this Lua gets wrong of many expressions is refused. */
static void overlooks_nothing(void)
{
    static char padding[TEXT_BYTES];
    struct steps steps;
    lua_State *L = lua_state_new(&steps);
    char expression[1024];
    unsigned faults = probe();
    int wrong = 0;

    (void)snprintf(padding, sizeof padding, "%s", after_strings(300, ""));
    for (int i = 0; i < 4000; i++) {
        char got[64];
        char want[64];

        (void)add_expression(expression, sizeof expression, 3);
        evaluate(L, "", "(up)", expression, want);
        evaluate(L, padding, "up", expression, got);
        if (strcmp(got, want) == 0)
            continue;
        wrong++;
        check_that(line_of(after_strings(300, expression), faults) > 0, __FILE__, __LINE__,
                   expression);
    }
    CHECK((wrong > 0) == (faults != 0));
    lua_close(L);
}

int main(void)
{
    finds_doubtful_operators();
    finds_doubtful_indices();
    overlooks_nothing();
    return 0;
}
