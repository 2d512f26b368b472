#include "policy/sandbox.h"

#include "lua_fixture.h"

enum { INSTRUCTIONS = 1000000, MEMORY = 32 * 1024 * 1024 };

/* How a process ends that runs text. */
static enum worker_exit end_of(const char *text, uint64_t memory, char where[256])
{
    struct worker_page *page = fixture_page(INSTRUCTIONS, memory);
    pid_t pid = fork();
    enum worker_exit reason;
    int status;

    CHECK(pid >= 0);
    if (pid == 0) {
        struct sandbox *sandbox = fixture_sandbox(page);

        (void)fixture_run(sandbox, text, NULL);
        _exit(0);
    }
    CHECK(waitpid(pid, &status, 0) == pid);
    CHECK(WIFEXITED(status));
    reason = (enum worker_exit)page->exit;
    CHECK((reason == WORKER_EXIT_NONE) == (WEXITSTATUS(status) == 0));
    memcpy(where, page->where, sizeof page->where);
    CHECK(munmap(page, sizeof *page) == 0);
    return reason;
}

static void ends_what_does_not_end(void)
{
    static const char *const loops[] = {
        "while true do end",
        "local function f() while true do end end\nwhile true do pcall(f) end",
        "pcall(pcall, function() while true do end end)",
        "local f <close> = nil\nwhile true do pcall(error, 'x') end",
        "local t = {3, 2, 1}\ntable.sort(t, function(a, b) while true do end end)",
        "(('x'):rep(60000)):gsub('x', function() while true do end end)",
        "local function f() return f() end f()",
    };
    char where[256];

    for (size_t i = 0; i < sizeof loops / sizeof *loops; i++) {
        CHECK(end_of(loops[i], MEMORY, where) == WORKER_EXIT_INSTRUCTIONS);
        CHECK(strncmp(where, "test.lua:", 9) == 0);
    }
    CHECK(end_of("local x = 1\nwhile true do\nend", MEMORY, where) == WORKER_EXIT_INSTRUCTIONS);
    CHECK_TEXT(where, "test.lua:2");
}

static void ends_what_takes_all_memory(void)
{
    static const char *const bombs[] = {
        "local t = {} while true do t[#t + 1] = {table.unpack(t)} end",
        "local s = 'x' while true do s = s .. s end",
        "local s = 'x' while true do pcall(function() s = s .. s end) end",
        "local s, t = ('x'):rep(1000):rep(1000), {} for i = 1, 50 do t[i] = s end table.concat(t)",
        "local s = '' while true do s = s .. ('x'):rep(1000) end",
    };
    char where[256];

    for (size_t i = 0; i < sizeof bombs / sizeof *bombs; i++) {
        CHECK(end_of(bombs[i], MEMORY, where) == WORKER_EXIT_LUA_MEMORY);
        CHECK(strncmp(where, "test.lua:", 9) == 0);
    }
    /* Lua's own stack; where that is, not every Lua can tell. */
    CHECK(end_of("local function f() return 1 + f() end f()", MEMORY, where) ==
          WORKER_EXIT_LUA_MEMORY);
}

/* From nothing up: each cap ends the process for its reason, until one is enough. */
static void sweeps_the_memory_cap(void)
{
    const char *text = "local t = {} for i = 1, 50 do t[i] = ('%d'):format(i) end\n"
                       "for k, v in pairs(t) do t[k] = pcall(error, v) end";
    uint64_t memory = 64;
    char where[256];

    while (end_of(text, memory, where) == WORKER_EXIT_LUA_MEMORY)
        memory += 256;
    CHECK(end_of(text, memory, where) == WORKER_EXIT_NONE);
    CHECK(memory > 8192 && memory < 65536);
}

static void counts_to_the_budget_and_no_further(void)
{
    char where[256];

    /* Four instructions a round or fewer; 100 are between two looks. */
    CHECK(end_of("for i = 1, 900000 do end", MEMORY, where) == WORKER_EXIT_NONE);
    CHECK(end_of("for i = 1, 1000200 do end", MEMORY, where) == WORKER_EXIT_INSTRUCTIONS);
}

static void offers_the_list_and_nothing_else(struct sandbox *sandbox)
{
    CHECK_TEXT(fixture_run(sandbox,
                           "return load or loadfile or loadstring or dofile or package "
                           "or io or os or debug or coroutine or collectgarbage or setmetatable or "
                           "getmetatable or rawget or rawset or rawequal or rawlen or xpcall or "
                           "print or warn or _G",
                           NULL),
               "nil");
    CHECK_TEXT(fixture_run(sandbox,
                           "local t = {} for _, lib in ipairs {string, table, math, utf8} do\n"
                           "for name in pairs(lib) do t[#t + 1] = name end end\n"
                           "return table.concat(t, ' ')",
                           NULL),
               "byte char find format gmatch gsub len lower match rep reverse sub upper "
               "concat insert pack remove sort unpack "
               "abs ceil floor fmod huge max maxinteger min mininteger modf tointeger type ult "
               "char charpattern codepoint codes len offset");
    CHECK_TEXT(fixture_run(sandbox, "return ('x').dump or ('x').pack or ('x').unpack", NULL),
               "nil");
    CHECK_TEXT(fixture_run(sandbox, "return ('x'):upper() .. ('%5.1f'):format(2) .. '1' + 1", NULL),
               "X  2.02");
}

static void takes_text_only(struct sandbox *sandbox)
{
    CHECK(strstr(fixture_run(sandbox, "\x1bLua", NULL), "attempt to load a binary chunk"));
}

static void keeps_files_apart(struct sandbox *sandbox)
{
    CHECK_TEXT(fixture_run(sandbox, "x = 1 string = nil return x", NULL), "1");
    CHECK_TEXT(fixture_run(sandbox, "return tostring(x) .. type(string)", NULL), "niltable");
    CHECK_TEXT(fixture_run(sandbox, "string.format = nil", NULL),
               "test.lua:1: a library cannot be changed");
    CHECK_TEXT(fixture_run(sandbox, "local _, s = pairs(string) s.format = nil", NULL),
               "test.lua:1: a library cannot be changed");
    CHECK(strstr(fixture_run(sandbox, "table.insert(string, 1)", NULL), "cannot be changed"));
    CHECK_TEXT(fixture_run(sandbox, "return pcall(table.remove, string)", NULL), "false");
    CHECK_TEXT(fixture_run(sandbox, "return ('x'):upper()", NULL), "X");
}

static void shows_no_addresses(struct sandbox *sandbox)
{
    CHECK_TEXT(
        fixture_run(sandbox, "return tostring({}) .. tostring(print) .. tostring(next)", NULL),
        "tablenilfunction");
    CHECK_TEXT(fixture_run(sandbox, "return ('%s %5s|%%p'):format({}, next)", NULL),
               "table function|%p");
    CHECK(strstr(fixture_run(sandbox, "return ('%p'):format('x')", NULL), "'%p'"));
    CHECK(strstr(fixture_run(sandbox, "return ('%%%5p'):format('x')", NULL), "'%p'"));
}

static void walks_in_order(struct sandbox *sandbox)
{
    CHECK_TEXT(fixture_run(sandbox,
                           "local t = {'one', z = 1, a = 1, m = 1, [3] = 1, [-1] = 1, [1.5] = 1}\n"
                           "local s = '' for k in pairs(t) do s = s .. k .. ' ' end return s",
                           NULL),
               "-1 1 1.5 3 a m z ");
    CHECK_TEXT(fixture_run(sandbox,
                           "local t, s = {a = 1, b = 2, c = 3}, ''\n"
                           "for k in pairs(t) do t.b = nil s = s .. k end return s",
                           NULL),
               "ac");
    CHECK_TEXT(fixture_run(sandbox, "return next({}) == nil and next({5})", NULL), "1");
    CHECK(strstr(fixture_run(sandbox, "local f = pairs({1}) return f(1, 2)", NULL), "1"));
    CHECK(strstr(fixture_run(sandbox, "return pairs()", NULL), "bad argument"));
}

static void bounds_copies(struct sandbox *sandbox)
{
    CHECK_TEXT(fixture_run(sandbox, "return #('x'):rep(65536)", NULL), "65536");
    CHECK(strstr(fixture_run(sandbox, "return ('x'):rep(65537)", NULL), "at most 65536 times"));
    CHECK(strstr(fixture_run(sandbox, "return (''):rep(1 << 62)", NULL), "at most 65536 times"));
    CHECK_TEXT(fixture_run(sandbox, "return #('x'):rep(1024):rep(1024)", NULL), "1048576");
    CHECK(strstr(fixture_run(sandbox, "return ('x'):rep(1025):rep(1024)", NULL), "1048576 bytes"));
    CHECK_TEXT(fixture_run(sandbox, "return ('ab'):rep(3, '-') .. ('x'):rep(-1)", NULL),
               "ab-ab-ab");
}

static void puts_a_state_back(struct sandbox *sandbox)
{
    struct sandbox_image image;
    struct err err;

    CHECK(sandbox_save(sandbox, &image, &err) == 0);
    CHECK_TEXT(
        fixture_run(sandbox, "local s = '' for i = 1, 300 do s = s .. i end return #s", NULL),
        "792");
    CHECK_TEXT(fixture_run(sandbox, "error({})", NULL), "the error raised is not text");
    for (int i = 0; i < 100; i++) {
        sandbox_restore(sandbox, &image);
        CHECK_TEXT(
            fixture_run(sandbox, "for i = 1, 5000 do end return ('x'):rep(1000):len()", NULL),
            "1000");
    }
    sandbox_image_done(&image);
}

int main(void)
{
    struct sandbox *sandbox = fixture_sandbox(fixture_page(INSTRUCTIONS, MEMORY));

    ends_what_does_not_end();
    ends_what_takes_all_memory();
    sweeps_the_memory_cap();
    counts_to_the_budget_and_no_further();
    offers_the_list_and_nothing_else(sandbox);
    takes_text_only(sandbox);
    keeps_files_apart(sandbox);
    shows_no_addresses(sandbox);
    walks_in_order(sandbox);
    bounds_copies(sandbox);
    puts_a_state_back(sandbox);
    sandbox_free(sandbox);
    return 0;
}
