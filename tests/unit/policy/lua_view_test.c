#include "policy/lua_view.h"

#include "docker/schema.h"
#include "lua_fixture.h"

#define TEXT(s)                                                                                    \
    {                                                                                              \
        .type = NODE_STRING, .string = { s, sizeof(s) - 1 }                                        \
    }
#define KEY(s)                                                                                     \
    {                                                                                              \
        s, sizeof(s) - 1                                                                           \
    }

static struct node items[] = {TEXT("one"), {.type = NODE_NULL}, TEXT("th\0ree")};
static struct member labels[] = {
    {KEY("a.b"), TEXT("1")},
    {KEY("c"), {.type = NODE_NULL}},
    {KEY("d"), TEXT("2")},
};
static struct member limits[] = {
    {KEY("pids"), {.type = NODE_INT, .integer = 9}},
    {KEY("memory"), {.type = NODE_NULL}},
    {KEY("cpus"), {.type = NODE_FLOAT, .number = 1.5}},
};
static struct member container[] = {
    {KEY("privileged"), {.type = NODE_BOOL, .boolean = true}},
    {KEY("items"), {.type = NODE_LIST, .list = {items, 3}}},
    {KEY("labels"), {.type = NODE_MAP, .fields = {labels, 3, NULL}}},
    {KEY("limits"), {.type = NODE_STRUCT, .fields = {limits, 3, NULL}}},
};
static const struct field exec_fields[] = {
    {KEY("Image"), NULL},
    {KEY("Privileged"), NULL},
};
static const struct type exec_type = {.kind = KIND_STRUCT, .fields = exec_fields, .field_count = 2};
static struct member raw[] = {{KEY("Image"), TEXT("alpine")}};
static struct member req[] = {
    {KEY("container"), {.type = NODE_STRUCT, .fields = {container, 4, NULL}}},
    {KEY("raw"), {.type = NODE_STRUCT, .fields = {raw, 1, &exec_type}}},
};
static struct node root = {.type = NODE_STRUCT, .fields = {req, 2, NULL}};

static struct sandbox *sandbox;

static const char *run(const char *text)
{
    return fixture_run(sandbox, text, &root);
}

static void reads_values(void)
{
    CHECK_TEXT(run("return (...).container.privileged"), "true");
    CHECK_TEXT(run("return (...).container.limits.pids"), "9");
    CHECK_TEXT(run("return (...).container.limits.cpus"), "1.5");
    CHECK_TEXT(run("return (...).container.limits.memory"), "nil");
    CHECK_TEXT(run("return (...).container.labels['a.b']"), "1");
    CHECK_TEXT(run("return (...).container.labels.nothing"), "nil");
    CHECK_TEXT(run("return #(...).container.items .. #(...).container.items[3]"), "36");
    CHECK_TEXT(run("return (...).container.items[4]"), "nil");
    CHECK_TEXT(run("return (...).container.items[0]"), "nil");
    CHECK_TEXT(run("return (...).container == (...).container"), "true");
    CHECK_TEXT(run("return (...).container == (...).raw"), "false");
    CHECK_TEXT(run("return type((...).container) .. tostring(...)"), "tabletable");
}

static void names_unknown_fields(void)
{
    sandbox_set_context(sandbox, &(struct context){.roots = {{"req", &root}}});
    CHECK_TEXT(run("return (...).container.priviledged"),
               "test.lua:1: req.container has no field 'priviledged'; did you mean 'privileged'?");
    CHECK_TEXT(run("return (...).container.limits.zzz"),
               "test.lua:1: req.container.limits has no field 'zzz'");
    CHECK_TEXT(run("return (...).container.items.first"),
               "test.lua:1: req.container.items is a list and has no field 'first'; take one of it "
               "(req.container.items[1]), or all: for _, item in ipairs(req.container.items) do");
    CHECK_TEXT(run("return (...).container[1]"),
               "test.lua:1: req.container is a record and cannot be read at a number");
    CHECK_TEXT(run("return (...).container.items['1']"),
               "test.lua:1: req.container.items is a list and has no field '1'; take one of it "
               "(req.container.items[1]), or all: for _, item in ipairs(req.container.items) do");
    CHECK_TEXT(run("(...).container.privileged = false"),
               "test.lua:1: req.container cannot be changed");
    CHECK(strstr(run("table.insert((...).container.items, 'x')"), "cannot be changed"));
    sandbox_set_context(sandbox, NULL);
    CHECK_TEXT(run("return (...).containr"),
               "test.lua:1: this table has no field 'containr'; did you mean 'container'?");
}

static void knows_fields_of_the_engine(void)
{
    CHECK_TEXT(run("return (...).raw.Image"), "alpine");
    CHECK_TEXT(run("return (...).raw.Privileged"), "nil");
    CHECK(strstr(run("return (...).raw.Priviledged"), "did you mean 'Privileged'?"));
}

static void walks_in_order(void)
{
    CHECK_TEXT(run("local s = '' for k, v in pairs((...).container.labels) do\n"
                   "s = s .. k .. '=' .. v .. ' ' end return s"),
               "a.b=1 d=2 ");
    CHECK_TEXT(
        run("local s = '' for k in pairs((...).container) do s = s .. k .. ' ' end return s"),
        "items labels limits privileged ");
    CHECK_TEXT(
        run("local s = '' for k in pairs((...).container.limits) do s = s .. k end return s"),
        "cpuspids");
    CHECK_TEXT(run("local s = '' for i, v in ipairs((...).container.items) do\n"
                   "s = s .. i .. (v or '-'):sub(1, 2) end return s"),
               "1on2-3th");
    CHECK_TEXT(run("local s = '' for i in pairs((...).container.items) do s = s .. i end return s"),
               "13");
    CHECK_TEXT(run("return next((...).container.labels, 'b')"), "d");
    CHECK(strstr(run("for _ in ipairs((...).container) do end"), "use pairs"));
    CHECK(strstr(run("return ipairs((...).container.items)({}, 0)"), "not a list"));
}

static void serves_lua_functions(void)
{
    CHECK_TEXT(run("return table.concat((...).container.items, ',', 3)"), "th");
    CHECK_TEXT(run("return select('#', table.unpack((...).container.items))"), "3");
    CHECK_TEXT(run("return ('%s'):format((...).container)"), "table");
    CHECK(strstr(run("return ('x'):rep(...)"), "number expected, got table"));
    CHECK(strstr(run("return (...) .. 'x'"), "attempt to concatenate a table value"));
}

static void digs(void)
{
    CHECK_TEXT(run("return get(..., 'container.limits.pids')"), "9");
    CHECK_TEXT(run("return get(..., 'container.nothing.pids')"), "nil");
    CHECK_TEXT(run("return get(..., 'container.limits.pids.more')"), "nil");
    CHECK_TEXT(run("return get({a = {b = false}}, 'a.b')"), "false");
    CHECK_TEXT(run("return get(nil, 'a.b')"), "nil");
}

int main(void)
{
    sandbox = fixture_sandbox(fixture_page(1000000, 1 << 24));
    reads_values();
    names_unknown_fields();
    knows_fields_of_the_engine();
    walks_in_order();
    serves_lua_functions();
    digs();
    sandbox_free(sandbox);
    return 0;
}
