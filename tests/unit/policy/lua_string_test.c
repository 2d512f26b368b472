#include "policy/lua_string.h"

#include "lua_state.h"

/* `same` compares one of our functions with Lua's own: results, or that both fail. `fails` returns
 * the words of an error. */
static const char prelude[] =
    "function same(name, ...)\n"
    "  local want = table.pack(pcall(stock[name], ...))\n"
    "  local got = table.pack(pcall(string[name], ...))\n"
    "  local equal = want[1] == got[1]\n"
    "  if want[1] and equal then\n"
    "    equal = want.n == got.n\n"
    "    for i = 1, want.n do\n"
    "      equal = equal and want[i] == got[i] and math.type(want[i]) == math.type(got[i])\n"
    "    end\n"
    "  end\n"
    "  if not equal then\n"
    "    local args = table.pack(...)\n"
    "    for i = 1, args.n do args[i] = tostring(args[i]) end\n"
    "    error(('%s(%s): want %s %s, got %s %s'):format(name, table.concat(args, ', '),\n"
    "      want[1], want[2], got[1], got[2]), 2)\n"
    "  end\n"
    "end\n"
    "function fails(f, ...)\n"
    "  local ok, words = pcall(f, ...)\n"
    "  assert(not ok, 'did not fail')\n"
    "  return words\n"
    "end\n";

static lua_State *new_state(struct steps *steps)
{
    lua_State *L = lua_state_new(steps);

    (void)lua_getglobal(L, "string");
    lua_setglobal(L, "stock");
    lua_string_open(L);
    lua_setglobal(L, "string");
    lua_state_run(L, prelude);
    return L;
}

static void has_exactly_its_functions(lua_State *L)
{
    lua_state_run(L, "local names = {}\n"
                     "for name in pairs(string) do names[#names + 1] = name end\n"
                     "table.sort(names)\n"
                     "assert(table.concat(names, ' ') == 'byte char find format gmatch gsub len "
                     "lower match rep reverse sub upper')");
}

static void equals_lua_on_every_position(lua_State *L)
{
    lua_state_run(
        L, "local edges = { math.mininteger, -7, -6, -5, -4, -1, 0, 1, 2, 5, 6, 7,\n"
           "  math.maxinteger }\n"
           "for _, s in ipairs { '', 'a', 'abcde', 'a\\0b' } do\n"
           "  for _, i in ipairs(edges) do\n"
           "    same('sub', s, i); same('byte', s, i); same('find', s, 'b', i)\n"
           "    same('find', s, '', i); same('match', s, '()', i)\n"
           "    for _, j in ipairs(edges) do same('sub', s, i, j); same('byte', s, i, j) end\n"
           "  end\n"
           "  same('len', s); same('reverse', s); same('byte', s)\n"
           "end\n"
           "same('sub', 'x'); same('sub', 12345, 2, 3); same('len', 12); same('len', {})\n"
           "same('sub', 'x', 'a'); same('sub', 'abc', '2'); same('sub', 'abc', 1.5)");
}

static void equals_lua_on_every_byte(lua_State *L)
{
    lua_state_run(L, "local all = {}\n"
                     "for c = 0, 255 do all[#all + 1] = stock.char(c) end\n"
                     "all = table.concat(all)\n"
                     "same('upper', all); same('lower', all); same('reverse', all)\n"
                     "same('byte', all, 1, -1); same('char', all:byte(1, -1))\n"
                     "same('char'); same('char', 256); same('char', -1); same('char', 'x')\n"
                     "same('format', '%q', all)");
}

static void bounds_rep(lua_State *L)
{
    lua_state_run(
        L,
        "for n = -1, 4 do\n"
        "  same('rep', 'ab', n); same('rep', 'ab', n, ', '); same('rep', '', n, '-')\n"
        "  same('rep', '', n)\n"
        "end\n"
        "same('rep', 'x'); same('rep', 'x', math.mininteger)\n"
        "assert(#string.rep('x', 65536) == 65536)\n"
        "assert(fails(string.rep, 'x', 65537):find('at most 65536 times', 1, true))\n"
        "assert(string.rep('', 65536) == '')\n"
        "assert(fails(string.rep, '', 65537))\n"
        "assert(fails(string.rep, '', 1 << 62))\n"
        "assert(#string.rep(('x'):rep(1024), 1024) == 1048576)\n"
        "assert(fails(string.rep, ('x'):rep(1024), 1025):find('at most 1048576 bytes', 1, true))\n"
        "assert(#string.rep('x', 2, ('y'):rep(1048574)) == 1048576)\n"
        "assert(fails(string.rep, 'x', 2, ('y'):rep(1048575)))\n"
        "assert(fails(string.rep, ('y'):rep(2097152), 1))");
}

static void formats_as_lua_does(lua_State *L)
{
    lua_state_run(
        L, "local values = { 0, 1, -1, 65, 255, 1.5, -0.0, 1e308, -1e-308, 1/0, -1/0, 0/0,\n"
           "  math.maxinteger, math.mininteger, 3.0, 2^53, 2^63, '10', '0x10', 'abc', '', "
           "'a\"b\\n\\0',\n"
           "  ('x'):rep(150), true, false }\n"
           "local flags = { '', '-', '+', ' ', '#', '0', '-+', '+0', ' 0', '#0', '--', '-#+ 0' }\n"
           "local sizes = { '', '8', '99', '100', '.', '.3', '.99', '.100', '9.4',\n"
           "  '99.99', '..', '.-1' }\n"
           "for c in ('%AEGXacdefgiosuxqFnPpz '):gmatch('.') do\n"
           "  for _, f in ipairs(flags) do for _, z in ipairs(sizes) do for _, v in ipairs(values) "
           "do\n"
           "    local zeros = c == 's' and f .. z ~= '' and tostring(v):find('\\0', 1, true)\n"
           "    if c ~= 'p' and not zeros then same('format', '<%' .. f .. z .. c .. '>', v) end\n"
           "  end end end\n"
           "end\n"
           "same('format', '%'); same('format', 'a%%b'); same('format', '%5'); same('format', '')\n"
           "same('format', '%d'); same('format', '%s'); same('format', '%s %s', 1)\n"
           "same('format', '%s|%5s|%-5s|%.1s', nil, true, 'ab', 'ab'); same('format', '%q', nil)\n"
           "same('format', '%q', {}); same('format', '%q'); same('format', 'a\\0%d\\0', 1)\n"
           "same('format', '%d', 1.5); same('format', '%d', '1.0'); same('format', '%c', 'x')");
}

static void format_takes_zero_bytes_as_data(lua_State *L)
{
    lua_state_run(L, "assert(string.format('%5s|', 'a\\0b') == '  a\\0b|')\n"
                     "assert(string.format('%-5s|', 'a\\0b') == 'a\\0b  |')\n"
                     "assert(string.format('%.2s|', 'a\\0b') == 'a\\0|')");
}

static void format_tells_no_addresses(lua_State *L)
{
    lua_state_run(
        L, "assert(fails(string.format, '%p', {}):find(\"invalid conversion '%p'\", 1, true))\n"
           "assert(string.format('%s', {}) == 'table')\n"
           "assert(string.format('%s', print) == 'function')\n"
           "assert(string.format('%8s', {}) == '   table')\n"
           "assert(string.format('%s', io.stdout) == 'table')");
}

static void takes_what_gsub_may_replace_with(lua_State *L)
{
    lua_state_run(
        L,
        "same('gsub', 'abc', '%w', 5); same('gsub', 'abc', '%w', true); same('gsub', 'abc', '%w')\n"
        "same('gsub', 'abc', '%w', function() return {} end)\n"
        "same('gsub', 'abc', '%w', function() error('x') end)\n"
        "same('gsub', 'abc', '%w', { a = 1, b = 2.5, c = false })\n"
        "same('gsub', 'abc', '%w', { a = {} })\n"
        "same('gsub', 'abc', '(b)()', '%2%1%0'); same('gsub', 'abc', 'b', '%2')\n"
        "same('gsub', 'a b c', '%s*', '-'); same('gsub', 'abc', '', '-')\n"
        "for n = -1, 4 do same('gsub', 'aaa', 'a', 'b', n) end\n"
        "same('gsub', 'abc', '^a', 'x'); same('gsub', 'aaa', '^a', 'x')\n"
        "same('gsub', 'abc', '(a', 'x'); same('gsub', 'abc', '(a', '%1')\n"
        "same('gsub', 'hello world', 'o', setmetatable({}, { __index = string.upper }))");
}

/* A pattern that needs more items than have room beside the search. */
static void takes_long_patterns(lua_State *L)
{
    lua_state_run(L, "local p = ('[ab]c?'):rep(60)\n"
                     "same('find', ('ac'):rep(60), p); same('match', ('b'):rep(60), p)\n"
                     "same('gsub', ('ac'):rep(130), p, 'x')\n"
                     "local n = 0\n"
                     "for s in string.gmatch(('ac'):rep(130), p) do n = n + #s end\n"
                     "assert(n == 240)\n"
                     "collectgarbage()\n"
                     "local walk = string.gmatch(('ac'):rep(130), p)\n"
                     "collectgarbage(); assert(#walk() == 120); collectgarbage()\n"
                     "assert(#walk() == 120 and walk() == nil and walk() == nil)\n"
                     "same('find', ('.'):rep(100000), ('%.'):rep(100000))");
}

/* Each call would run for seconds or more in Lua's own library. */
static void pays_for_every_loop(lua_State *L, struct steps *steps)
{
    static const char *const attacks[] = {
        "local s = ('a'):rep(65536) return s:find(('.-'):rep(20) .. 'b')",
        "return (' '):rep(65535 ):match('^(.-)%s*x$')",
        "local s = ('a'):rep(65536) for i = 1, 1e9 do s:lower() end",
        "local s = ('a'):rep(65536) for i = 1, 1e9 do s:upper() end",
        "local s = ('a'):rep(65536) for i = 1, 1e9 do s:reverse() end",
        "local s = ('a'):rep(65536) for i = 1, 1e9 do s:sub(2) end",
        "local s = ('a'):rep(65536) for i = 1, 1e9 do s:find('b', 1, true) end",
        "local s = ('a'):rep(65536) for i = 1, 1e9 do ('b'):find(s) end",
        "local s = ('a'):rep(65536) for i = 1, 1e9 do s:byte(1, 200) end",
        "local s = ('a'):rep(65536) for i = 1, 1e9 do s:gsub('b', 'c') end",
        "local s = ('%%0'):rep(30000) return ('a'):rep(65536):gsub('', s)",
        "local s = ('a'):rep(65536) for i = 1, 1e9 do s:gmatch('b')() end",
        "for i = 1, 1e9 do ('a'):rep(65536) end",
        "for i = 1, 1e9 do (''):rep(65536) end",
        "for i = 1, 1e9 do string.format('%99.99f', 1e308) end",
        "local s = ('a'):rep(65536) for i = 1, 1e9 do string.format('%.1s', s) end",
        "local s = ('a'):rep(65536) for i = 1, 1e9 do string.format(s) end",
        "local s = ('a'):rep(65536) for i = 1, 1e9 do string.format('%q', s) end",
    };

    /* In a state of Lua's own, s:find() goes to the string metatable. */
    lua_state_run(L, "getmetatable('').__index = string");
    for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++) {
        steps->left = 1000000;
        CHECK(luaL_dostring(L, attacks[i]) != LUA_OK);
        if (!strstr(lua_tostring(L, -1), LUA_STATE_SPENT))
            (void)fprintf(stderr, "%s: %s\n", attacks[i], lua_tostring(L, -1));
        CHECK(strstr(lua_tostring(L, -1), LUA_STATE_SPENT) != NULL);
        CHECK(steps->left == 0);
        lua_settop(L, 0);
    }
}

int main(void)
{
    struct steps steps;
    lua_State *L = new_state(&steps);

    has_exactly_its_functions(L);
    equals_lua_on_every_position(L);
    equals_lua_on_every_byte(L);
    bounds_rep(L);
    formats_as_lua_does(L);
    format_takes_zero_bytes_as_data(L);
    format_tells_no_addresses(L);
    takes_what_gsub_may_replace_with(L);
    takes_long_patterns(L);
    pays_for_every_loop(L, &steps);
    lua_close(L);
    return 0;
}
