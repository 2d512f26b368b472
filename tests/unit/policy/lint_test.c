#include "policy/lint.h"

#include "set_fixture.h"

/* What is said of a rule file that loads. */
static void says(const char *text, const char *want)
{
    struct buffer findings;
    struct set_fixture fixture;
    struct arena arena;
    struct err err;

    CHECK(arena_init(&arena, 32 << 20, &err) == 0);
    CHECK(set_fixture_load(&fixture, SET_FIXTURE_OPEN, "policy/rules/a.lua", text, NULL));
    buffer_init(&findings, 65536);
    CHECK(lint_set(fixture.set, &arena, &findings) == 0);
    check_str(buffer_view(&findings), str_from(want), __FILE__, __LINE__);
    buffer_done(&findings);
    set_fixture_done(&fixture);
    arena_done(&arena);
}

#define CHECKING(body)                                                                             \
    "return rule { id = 'site.a', on = { 'container.*', 'exec.create' },\n"                        \
    "check = function(req, p, ctx)\n" body "\nend }"

static void leaves_names_alone_that_are_made(void)
{
    says("local function helper(req, name)\n"
         "  local first <const>, second = 1, 2\n"
         "  for i = first, second do name = name .. i end\n"
         "  for _, m in ipairs(req.mounts) do if m.source == name then return true end end\n"
         "  repeat local z = 1 until z == 1\n"
         "  goto out\n"
         "  ::out::\n"
         "  local t = { name = name, other = 1; last = 2 }\n"
         "  return t.name == 'x' and req.container and req.container.name\n"
         "end\n"
         "local M = {}\n"
         "function M.a(x) return x end\n"
         "function M:b() return self end\n" CHECKING(
             "local a, b = M.a(1), { helper(req, 'x') }\n"
             "local f = function(...) return select('#', ...) end\n"
             "a = f(b, a) + math.max(1, 2)\n"
             "-- nobody = reads(this)\n"
             "if ('nobody'):rep(2) == [[nobody]] then return deny('x') end"),
         "");
}

static void tells_of_names_that_nobody_made(void)
{
    says(CHECKING("if false then count = count1 end"),
         "rules/a.lua:3: count is a global here, and forgotten after each call; write: local count "
         "= "
         "...\n"
         "rules/a.lua:3: there is no 'count1' here; if it is a variable, set it before with: local "
         "name = ...\n");
    says(CHECKING("if false then return math.random() end"),
         "rules/a.lua:3: there is no math.random in policies\n");
}

/* Only where every call that gets so far lacks the field. */
static void tells_of_fields(void)
{
    says(CHECKING("if false then return req.container.user.rot end"),
         "rules/a.lua:3: req.container.user has no field 'rot'; did you mean 'root'?\n");
    says(CHECKING("if req.exec and req.exec.root then return deny('x') end"), "");
    says(CHECKING("local t = { req = {} }\nif t.req.what then return deny('x') end"), "");
}

static void tells_what_a_trial_finds_once(void)
{
    says(CHECKING("if req.action == 'exec.create' then\nerror('why') end"), "rules/a.lua:4: why\n");
    says(CHECKING("return req.container == nil or nil"),
         "rules/a.lua:1: check returned a boolean; it may return nothing, or what deny(), audit() "
         "or allow() made, or a list of these; write: if ... then return deny(\"why\") end\n");
}

static void needs_memory_for_its_samples(void)
{
    struct set_fixture fixture;
    struct buffer findings;
    struct arena arena;
    struct err err;

    CHECK(arena_init(&arena, 8192, &err) == 0);
    CHECK(set_fixture_load(&fixture, SET_FIXTURE_OPEN, NULL));
    buffer_init(&findings, 65536);
    CHECK(lint_set(fixture.set, &arena, &findings) == -1);
    set_fixture_done(&fixture);
    arena_done(&arena);
}

int main(void)
{
    leaves_names_alone_that_are_made();
    tells_of_names_that_nobody_made();
    tells_of_fields();
    tells_what_a_trial_finds_once();
    needs_memory_for_its_samples();
    return 0;
}
