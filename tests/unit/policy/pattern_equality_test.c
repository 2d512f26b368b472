#include <stdint.h>
#include <string.h>

#include "lua_state.h"
#include "policy/lua_string.h"

/* Our pattern functions against Lua's own, on generated patterns and subjects: the same results,
 * and errors for the same inputs. */

enum { PAIRS = 100000, SUBJECT_MAX = 20, TOKENS_MAX = 9, COMMON_TOKENS = 23 };

static uint64_t seed = 0x9e3779b97f4a7c15;

static size_t below(size_t limit)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (size_t)(seed >> 16) % limit;
}

/* What patterns are made of; the malformed and the rare come after the common. An
 * empty one stands for a zero byte. */
static const char *const tokens[] = {
    "a",     "b",      ".",      "%a",    "[ab]",        ".",      "%w",     "%d",    "1",
    "%A",    "[^a]",   "[a-c1]", "*",     "-",           "?",      "*",      "+",     "()",
    "(.-)",  "(a*)",   "(%w+)",  "%s",    "[%d_]",       "(",      ")",      "(",     ")",
    "%b()",  "%bab",   "%baa",   "%f[a]", "%f[%w]",      "%f[^a]", "%1",     "$",     "^",
    "%.",    "%%",     "",       "%z",    "%Z",          "[]]",    "[^]]",   "[a-]",  "[%a-z]",
    "[b-a]", "[+-%]]", "]",      "%]",    "%p",          "%c",     "%g",     "%l",    "%u",
    "%x",    "%S",     "%W",     "\xff",  "[\x80-\xff]", "[%w_]",  "[%]%-]", "(a)%1", "(.)%1",
    "%2",    "%0",     "%",      "[",     "[^",          "[%",     "%f",     "%b",    "%ba",
    "[^%s]", "abab",   "%fa",
};

static const char letters[] = "aaaabbb1_ ().%-]cAB\xff\0";

static const char *const replacements[] = {
    "<%0>", "x", "", "%1", "%2%1", "%%", "%", "%x", "%9",
};

static size_t make_pattern(char *out)
{
    size_t len = 0;
    size_t count = 1 + below(1 + below(TOKENS_MAX));

    if (below(8) == 0)
        out[len++] = '^';
    for (size_t i = 0; i < count; i++) {
        size_t common = below(4) ? COMMON_TOKENS : sizeof tokens / sizeof *tokens;
        struct str token = str_from(tokens[below(common)]);

        memcpy(out + len, token.ptr, token.len + 1);
        len += token.len ? token.len : 1;
    }
    if (below(8) == 0)
        out[len++] = '$';
    return len;
}

static size_t make_subject(char *out)
{
    size_t len = below(SUBJECT_MAX + 1);
    size_t variety = below(2) ? 7 : sizeof letters - 1;

    for (size_t i = 0; i < len; i++)
        out[i] = letters[below(variety)];
    return len;
}

/* Returns 0 for a match, 1 for none, 2 for an error; raises where ours and Lua's differ. */
static const char compare[] =
    "local function all(library, s, p, init)\n"
    "  local out = {}\n"
    "  for a, b, c in library.gmatch(s, p, init) do\n"
    "    out[#out + 1] = ('%s|%s|%s'):format(a, b, c)\n"
    "  end\n"
    "  return table.concat(out, ';')\n"
    "end\n"
    "local names = setmetatable({}, { __index = function(_, k)\n"
    "  if k == 'a' then return 'A' elseif k == 'b' then return false elseif k == 1 then return 7 "
    "end\n"
    "end })\n"
    "local function mark(...) return table.concat({ '<', ... }, ',') end\n"
    "local calls = {\n"
    "  function(l, s, p, i) return l.find(s, p, i) end,\n"
    "  function(l, s, p, i) return l.match(s, p, i) end,\n"
    "  function(l, s, p, i) return l.find(s, p, i, true) end,\n"
    "  function(l, s, p, i) return all(l, s, p, i) end,\n"
    "  function(l, s, p, _, r) return l.gsub(s, p, r) end,\n"
    "  function(l, s, p, i) return l.gsub(s, p, names, i) end,\n"
    "  function(l, s, p) return l.gsub(s, p, mark) end,\n"
    "}\n"
    "return function(s, p, init, replacement)\n"
    "  local kind\n"
    "  for i, call in ipairs(calls) do\n"
    "    local want = table.pack(pcall(call, stock, s, p, init, replacement))\n"
    "    local got = table.pack(pcall(call, ours, s, p, init, replacement))\n"
    "    local same = want[1] == got[1] and (not want[1] or want.n == got.n)\n"
    "    for k = 2, same and want[1] and want.n or 0 do\n"
    "      same = same and math.type(want[k]) == math.type(got[k]) and want[k] == got[k]\n"
    "    end\n"
    "    if not same then\n"
    "      error(('call %d of %q with %q from %d by %q: want %s %s %s, got %s %s %s'):format(i, s, "
    "p,\n"
    "        init, replacement, want[1], want[2], want[3], got[1], got[2], got[3]), 0)\n"
    "    end\n"
    "    if i == 1 then kind = not want[1] and 2 or want[2] and 0 or 1 end\n"
    "  end\n"
    "  return kind\n"
    "end\n";

int main(void)
{
    struct steps steps;
    lua_State *L = lua_state_new(&steps);
    char pattern[256], subject[SUBJECT_MAX];
    size_t kinds[3] = {0};

    lua_string_open(L);
    lua_setglobal(L, "ours");
    (void)lua_getglobal(L, "string");
    lua_setglobal(L, "stock");
    lua_state_run(L, compare);
    for (size_t i = 0; i < PAIRS; i++) {
        const char *replacement = replacements[below(sizeof replacements / sizeof *replacements)];
        size_t subject_len = make_subject(subject);

        lua_pushvalue(L, -1);
        (void)lua_pushlstring(L, subject, subject_len);
        (void)lua_pushlstring(L, pattern, make_pattern(pattern));
        lua_pushinteger(L, below(3) ? 1 : (lua_Integer)below(24) - 12);
        (void)lua_pushstring(L, replacement);
        if (lua_pcall(L, 4, 1, 0) != LUA_OK) {
            (void)fprintf(stderr, "%s\n", lua_tostring(L, -1));
            return 1;
        }
        kinds[lua_tointeger(L, -1)]++;
        lua_pop(L, 1);
    }
    /* The generator is worth something only if it makes enough of each. */
    CHECK(kinds[0] > PAIRS / 5 && kinds[1] > PAIRS / 5 && kinds[2] > PAIRS / 20);
    lua_close(L);
    return 0;
}
