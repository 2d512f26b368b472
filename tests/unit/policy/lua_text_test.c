#include "policy/lua_text.h"

#include "lua_fixture.h"
#include "lua_state.h"

/* `list` makes what a view is to a policy: userdata that answers # and [i]. */
static int view_len(lua_State *L)
{
    lua_getiuservalue(L, 1, 1);
    lua_pushinteger(L, luaL_len(L, -1));
    return 1;
}

static int view_index(lua_State *L)
{
    lua_getiuservalue(L, 1, 1);
    lua_pushvalue(L, 2);
    (void)lua_gettable(L, -2);
    return 1;
}

static int view_of(lua_State *L)
{
    static const luaL_Reg meta[] = {{"__len", view_len}, {"__index", view_index}, {NULL, NULL}};

    (void)lua_newuserdatauv(L, 1, 1);
    lua_pushvalue(L, 1);
    (void)lua_setiuservalue(L, -2, 1);
    luaL_newlib(L, meta);
    (void)lua_setmetatable(L, -2);
    return 1;
}

static lua_State *new_state(struct steps *steps)
{
    lua_State *L = lua_state_new(steps);

    lua_text_open(L);
    lua_setglobal(L, "text");
    lua_text_open_glob(L);
    lua_setglobal(L, "glob");
    lua_text_open_path(L);
    lua_setglobal(L, "path");
    lua_text_open_cidr(L);
    lua_setglobal(L, "cidr");
    lua_register(L, "view", view_of);
    lua_state_run(L, "function fails(words, f, ...)\n"
                     "  local ok, got = pcall(f, ...)\n"
                     "  assert(not ok, 'did not fail')\n"
                     "  assert(got:find(words, 1, true), got)\n"
                     "end");
    return L;
}

static void asks_about_parts_of_text(lua_State *L)
{
    lua_state_run(L, "assert(text.starts('abc', 'ab') and not text.starts('abc', 'b'))\n"
                     "assert(text.starts('abc', '') and not text.starts('', 'a'))\n"
                     "assert(text.ends('abc', 'bc') and not text.ends('abc', 'b'))\n"
                     "assert(text.contains('abc', 'b') and not text.contains('abc', 'd'))\n"
                     "assert(text.contains('', '') and text.contains('a\\0b', '\\0b'))\n"
                     "assert(not text.contains('a.c', 'a%.c'))\n"
                     "fails('string expected', text.starts, nil, 'a')\n"
                     "fails('string expected', text.contains, 'a', {})");
}

static void splits_and_trims(lua_State *L)
{
    lua_state_run(
        L, "local function parts(...) return table.concat(text.split(...), '|') end\n"
           "assert(parts('a,b,c', ',') == 'a|b|c')\n"
           "assert(parts(',a,', ',') == '|a|')\n"
           "assert(parts('abc', ',') == 'abc')\n"
           "assert(#text.split('', ',') == 1)\n"
           "assert(parts('a--b---c', '--') == 'a|b|-c')\n"
           "assert(parts('a%b', '%') == 'a|b')\n"
           "fails('the separator is empty', text.split, 'a', '')\n"
           "assert(text.trim(' \\t\\r\\n\\v\\fa b \\n') == 'a b')\n"
           "assert(text.trim('   ') == '' and text.trim('') == '' and text.trim('a') == 'a')\n"
           "assert(text.trim('\\0 ') == '\\0')");
}

static void matches_globs_and_lists_of_them(lua_State *L)
{
    lua_state_run(
        L, "assert(glob.match('container.*', 'container.create') == true)\n"
           "assert(glob.match('container.*', 'image.pull') == false)\n"
           "for _, list in ipairs { { 'a', 'b*' }, view { 'a', 'b*' } } do\n"
           "  assert(glob.any(list, 'a') == true and glob.any(list, 'bc') == true)\n"
           "  assert(glob.any(list, 'c') == false)\n"
           "end\n"
           "assert(glob.any({}, 'a') == false and glob.any(view {}, 'a') == false)\n"
           "fails('list expected', glob.any, 'a*', 'a')\n"
           "fails('list expected', glob.any, nil, 'a')\n"
           "fails('string expected', glob.any, { 'a' }, nil)\n"
           "fails('entry 2 of the list must be text, not number', glob.any, { 'x', 1 }, 'a')\n"
           "fails('entry 1 of the list must be text, not nil', glob.any,\n"
           "  setmetatable({}, { __len = function() return 5 end }), 'a')");
}

static void compares_paths_when_they_are_clean(lua_State *L)
{
    lua_state_run(L,
                  "assert(path.clean('/tmp/../etc//x/.') == '/etc/x' and path.clean('') == '.')\n"
                  "assert(path.under('/srv/data/x', '/srv/data/') == true)\n"
                  "assert(path.under('/srv/data/../../etc', '/srv/data') == false)\n"
                  "assert(path.under('//srv//data', '/srv/./data') == true)\n"
                  "assert(path.under('', '/') == false and path.under('data', '') == false)\n"
                  "for _, list in ipairs { { '/a', '/srv' }, view { '/a', '/srv' } } do\n"
                  "  assert(path.under_any('/srv/x', list) == true)\n"
                  "  assert(path.under_any('/srvx', list) == false)\n"
                  "end\n"
                  "assert(path.under_any('/x', {}) == false)\n"
                  "fails('list expected', path.under_any, '/x', '/x')\n"
                  "fails('entry 1 of the list must be text', path.under_any, '/x', { {} })");
}

static void names_the_socket_that_is_reached(lua_State *L)
{
    lua_state_run(
        L, "local sockets = { 'docker.sock', 'containerd.sock', 'crio.sock', 'podman.sock' }\n"
           "for _, s in ipairs { '/var/run/docker.sock', '//run//docker.sock', '/var/run', '/',\n"
           "  '/run/x/..' } do\n"
           "  assert(path.reaches(s, sockets) == 'docker.sock', s)\n"
           "  assert(path.reaches(s, view(sockets)) == 'docker.sock', s)\n"
           "end\n"
           "assert(path.reaches('/run/crio', sockets) == 'crio.sock')\n"
           "assert(path.reaches('/srv/data', sockets) == nil)\n"
           "assert(path.reaches('/etc', { '/etc/lua-authz' }) == '/etc/lua-authz')\n"
           "assert(path.reaches('', sockets) == nil and path.reaches('/', {}) == nil)");
}

static void tells_what_network_an_address_is_in(lua_State *L)
{
    lua_state_run(
        L,
        "assert(cidr.match('10.1.2.3', '10.0.0.0/8') == true)\n"
        "assert(cidr.match('11.1.2.3', '10.0.0.0/8') == false)\n"
        "assert(cidr.match('::1', '::1') == true)\n"
        "assert(cidr.match('localhost', '10.0.0.0/8') == nil)\n"
        "assert(cidr.match('10.0.0.0/16', '10.0.0.0/8') == nil)\n"
        "assert(cidr.any('10.1.2.3', { '127.0.0.0/8', '10.0.0.0/8' }) == true)\n"
        "assert(cidr.any('10.1.2.3', view { '127.0.0.0/8' }) == false)\n"
        "assert(cidr.any('', { '127.0.0.0/8' }) == nil)\n"
        "fails(\"'10.0.0.0/33' is no address or block\", cidr.match, '10.0.0.1', '10.0.0.0/33')\n"
        "fails(\"'x' is no address or block\", cidr.any, 'y', { 'x' })\n"
        "fails('list expected', cidr.any, '10.0.0.1', '10.0.0.0/8')");
}

static void pays_for_every_loop(lua_State *L, struct steps *steps)
{
    static const char *const loops[] = {
        "for i = 1, 1e9 do text.contains(big, 'b') end",
        "for i = 1, 1e9 do text.starts(big, big) end",
        "for i = 1, 1e9 do text.ends(big, big) end",
        "for i = 1, 1e9 do text.split(big, 'b') end",
        "for i = 1, 1e9 do text.trim(blanks) end",
        "for i = 1, 1e9 do glob.match('*b*', big) end",
        "glob.match(('a?'):rep(500) .. '*b', big); for i = 1, 1e9 do glob.match('*?b?*', big) end",
        "for i = 1, 1e9 do glob.any(many, 'a') end",
        "for i = 1, 1e9 do path.clean(big) end",
        "for i = 1, 1e9 do path.under(big, '/x') end",
        "for i = 1, 1e9 do cidr.match('10.0.0.1', '10.0.0.0/8') end",
    };

    lua_state_run(L, "big = ('a'):rep(65536); blanks = (' '):rep(65536)\n"
                     "many = {} for i = 1, 1000 do many[i] = 'x' end");
    for (size_t i = 0; i < sizeof loops / sizeof *loops; i++) {
        steps->left = 100000;
        CHECK(luaL_dostring(L, loops[i]) != LUA_OK);
        CHECK(strstr(lua_tostring(L, -1), LUA_STATE_SPENT) != NULL);
        CHECK(steps->left == 0);
        lua_settop(L, 0);
    }
}

/* As a rule has them: in the sandbox, on views, and not to be changed. */
static void policies_find_them_in_the_sandbox(void)
{
    struct worker_page *page = fixture_page(1000000, UINT64_C(32) << 20);
    struct sandbox *sandbox = fixture_sandbox(page);
    struct node items[] = {{.type = NODE_STRING, .string = STR("/srv/data")},
                           {.type = NODE_STRING, .string = STR("docker.sock")}};
    struct node list = {.type = NODE_LIST, .list = {items, 2}};

    CHECK_TEXT(fixture_run(sandbox, "return tostring(path.under_any('/srv/data/x', ...))", &list),
               "true");
    CHECK_TEXT(fixture_run(sandbox, "return path.reaches('/var/run', ...)", &list), "docker.sock");
    CHECK_TEXT(fixture_run(sandbox, "return tostring(glob.any(..., 'docker.sock'))", &list),
               "true");
    CHECK_TEXT(fixture_run(sandbox, "return tostring(cidr.any('::1', {'::1'}))", NULL), "true");
    CHECK_TEXT(fixture_run(sandbox, "return #text.split('a,b', ',')", NULL), "2");
    CHECK_TEXT(fixture_run(sandbox, "glob.any = nil", NULL),
               "test.lua:1: a library cannot be changed");
    CHECK_TEXT(fixture_run(sandbox, "return glob.any({'*'})", NULL),
               "test.lua:1: bad argument #2 to 'any' (string expected, got no value)");
    sandbox_free(sandbox);
    CHECK(munmap(page, sizeof *page) == 0);
}

int main(void)
{
    struct steps steps;
    lua_State *L = new_state(&steps);

    asks_about_parts_of_text(L);
    splits_and_trims(L);
    matches_globs_and_lists_of_them(L);
    compares_paths_when_they_are_clean(L);
    names_the_socket_that_is_reached(L);
    tells_what_network_an_address_is_in(L);
    pays_for_every_loop(L, &steps);
    lua_close(L);
    policies_find_them_in_the_sandbox();
    return 0;
}
