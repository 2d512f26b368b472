#include "policy/param.h"

#include <stdio.h>

#include "policy/locate.h"
#include "policy/near.h"
#include "policy/param_check.h"
#include "policy/value.h"

/* While deciding, files run again for their functions only: what they declare was checked. */
static const struct param_spec anything;

static int push_param(lua_State *L, const struct param_spec *param)
{
    union {
        const void *in;
        void *out;
    } pointer = {param};

    lua_pushlightuserdata(L, pointer.out);
    return 1;
}

static struct str string_arg(lua_State *L, int index)
{
    struct str s;

    s.ptr = luaL_checklstring(L, index, &s.len);
    return s;
}

/* A parameter whose default, if there is one, stands at index. */
static int make(lua_State *L, struct param_spec made, int index, const char *name)
{
    struct loading *loading = loading_of(L);
    struct param_spec *param;

    if (!loading)
        return push_param(L, &anything);
    param = loading_alloc(L, loading, 1, sizeof *param);
    *param = made;
    if (!lua_isnoneornil(L, index)) {
        char text[256];
        struct param_check check = {.arena = loading->arena, .text = text, .size = sizeof text};
        struct node said = value_read(L, index, loading);

        if (param_check_value(&check, param, &said, &param->initial) < 0)
            return luaL_error(L, "the default of %s%s: %s", name, check.path, text);
    }
    return push_param(L, param);
}

static int make_bool(lua_State *L)
{
    struct param_spec param = {.kind = PARAM_BOOL, .initial = {.type = NODE_BOOL}};

    return make(L, param, 1, "bool()");
}

static int make_int(lua_State *L)
{
    return make(L, (struct param_spec){.kind = PARAM_INT}, 1, "int()");
}

static int make_number(lua_State *L)
{
    return make(L, (struct param_spec){.kind = PARAM_NUMBER}, 1, "number()");
}

static int make_string(lua_State *L)
{
    return make(L, (struct param_spec){.kind = PARAM_STRING}, 1, "string_of()");
}

static int make_size(lua_State *L)
{
    return make(L, (struct param_spec){.kind = PARAM_SIZE}, 1, "size()");
}

static int make_duration(lua_State *L)
{
    return make(L, (struct param_spec){.kind = PARAM_DURATION}, 1, "duration()");
}

static int make_url(lua_State *L)
{
    return make(L, (struct param_spec){.kind = PARAM_URL}, 1, "url()");
}

static int make_weekday(lua_State *L)
{
    return make(L, (struct param_spec){.kind = PARAM_WEEKDAY}, 1, "weekday()");
}

static int make_hours(lua_State *L)
{
    return make(L, (struct param_spec){.kind = PARAM_HOURS}, 1, "hours()");
}

static int make_period(lua_State *L)
{
    return make(L, (struct param_spec){.kind = PARAM_PERIOD}, 1, "period()");
}

static int make_zone(lua_State *L)
{
    return make(L, (struct param_spec){.kind = PARAM_ZONE}, 1, "zone()");
}

int param_path(lua_State *L)
{
    lua_remove(L, 1); /* the library that was called */
    return make(L, (struct param_spec){.kind = PARAM_PATH}, 1, "path()");
}

int param_glob(lua_State *L)
{
    lua_remove(L, 1);
    return make(L, (struct param_spec){.kind = PARAM_GLOB}, 1, "glob()");
}

/* list_of("path", {...}) and map_of("int", {...}). */
static int make_many(lua_State *L, enum param_kind kind, const char *name)
{
    struct loading *loading = loading_of(L);
    struct node empty = {.type = kind == PARAM_LIST ? NODE_LIST : NODE_MAP};
    struct param_spec *of;
    enum param_kind element;

    if (!loading)
        return push_param(L, &anything);
    if (lua_type(L, 1) != LUA_TSTRING || !param_check_kind(string_arg(L, 1), &element))
        return luaL_error(
            L,
            "%s takes the name of a type first: \"string\", \"path\", \"glob\", "
            "\"int\", \"number\", \"bool\", \"size\", \"duration\", \"url\", \"weekday\", "
            "\"hours\", \"period\" or \"zone\"",
            name);
    of = loading_alloc(L, loading, 1, sizeof *of);
    *of = (struct param_spec){.kind = element};
    return make(L, (struct param_spec){.kind = kind, .of = of, .initial = empty}, 2, name);
}

static int make_list(lua_State *L)
{
    return make_many(L, PARAM_LIST, "list_of()");
}

static int make_map(lua_State *L)
{
    return make_many(L, PARAM_MAP, "map_of()");
}

/* The first choice is the default. */
static int make_one_of(lua_State *L)
{
    struct loading *loading = loading_of(L);
    struct param_spec param = {.kind = PARAM_ONE_OF};
    struct str *choices;

    if (!loading)
        return push_param(L, &anything);
    luaL_checktype(L, 1, LUA_TTABLE);
    param.choice_count = lua_rawlen(L, 1);
    if (param.choice_count == 0)
        return luaL_error(L, "one_of takes a list of texts; the first is the default");
    choices = loading_alloc(L, loading, param.choice_count, sizeof *choices);
    for (size_t i = 0; i < param.choice_count; i++) {
        if (lua_rawgeti(L, 1, (lua_Integer)i + 1) != LUA_TSTRING)
            return luaL_error(L, "one_of takes a list of texts; the first is the default");
        choices[i] = loading_str(L, loading, string_arg(L, -1));
        lua_pop(L, 1);
    }
    param.choices = choices;
    param.initial = (struct node){.type = NODE_STRING, .string = choices[0]};
    return make(L, param, 2, "one_of()");
}

const luaL_Reg param_functions[] = {
    {"bool", make_bool},       {"duration", make_duration}, {"hours", make_hours},
    {"int", make_int},         {"list_of", make_list},      {"map_of", make_map},
    {"number", make_number},   {"one_of", make_one_of},     {"period", make_period},
    {"size", make_size},       {"string_of", make_string},  {"url", make_url},
    {"weekday", make_weekday}, {"zone", make_zone},         {NULL, NULL},
};

static size_t count_keys(lua_State *L, int table)
{
    size_t count = 0;

    lua_pushnil(L);
    while (lua_next(L, table)) {
        if (lua_type(L, -2) != LUA_TSTRING)
            luaL_error(L, "params is a table of names: params = { allow = list_of(\"path\") }");
        lua_pop(L, 1);
        count++;
    }
    return count;
}

/* The member on top, whose name is below it. */
static struct param_spec read_member(lua_State *L, struct loading *loading)
{
    struct str name = string_arg(L, -2);
    struct param_spec param = {.kind = PARAM_GROUP};

    if (lua_type(L, -1) == LUA_TLIGHTUSERDATA)
        param = *(const struct param_spec *)lua_touserdata(L, -1);
    else if (lua_type(L, -1) == LUA_TTABLE)
        param_read_group(L, lua_gettop(L), loading, &param);
    else
        luaL_error(L,
                   "parameter %s: declare its type, such as bool(false) or list_of(\"string\"); "
                   "got a %s",
                   name.ptr, luaL_typename(L, -1));
    param.name = loading_str(L, loading, name);
    return param;
}

void param_read_group(lua_State *L, int index, struct loading *loading, struct param_spec *ret)
{
    size_t count = count_keys(L, index);
    struct param_spec *fields = loading_alloc(L, loading, count, sizeof *fields);
    size_t at = 0;
    int top = lua_gettop(L);

    luaL_checkstack(L, 8, NULL);
    lua_pushnil(L);
    while (at < count && lua_next(L, index)) {
        struct param_spec field = read_member(L, loading);
        size_t place = at++;

        for (; place > 0 && str_cmp(field.name, fields[place - 1].name) < 0; place--)
            fields[place] = fields[place - 1];
        fields[place] = field;
        lua_pop(L, 1);
    }
    lua_settop(L, top);
    *ret = (struct param_spec){.kind = PARAM_GROUP, .fields = fields, .count = count};
}

static const struct param_spec *find_field(const struct param_spec *group, struct str name)
{
    for (size_t i = 0; i < group->count; i++)
        if (str_eq(group->fields[i].name, name))
            return &group->fields[i];
    return NULL;
}

static int unknown_field(struct param_check *check, const struct param_spec *group, struct str name)
{
    char hint[NEAR_HINT_BYTES];
    struct near near;

    near_init(&near, name);
    for (size_t i = 0; i < group->count; i++)
        near_offer(&near, group->fields[i].name);
    (void)param_check_enter(check, "%s%.*s", check->path[0] ? "." : "", STR_FMT(name));
    (void)snprintf(check->text, check->size, "there is no such parameter%s",
                   near_hint(&near, hint));
    return -1;
}

static int check_names(struct param_check *check, const struct param_spec *group,
                       const struct param_said *said)
{
    if (said->value->type == NODE_LIST && said->value->list.count > 0) {
        (void)snprintf(check->text, check->size,
                       "expected a table with names, such as { key = ... }, got a list");
        return -1;
    }
    if (said->value->type != NODE_LIST && said->value->type != NODE_MAP) {
        struct node ignored;

        return param_check_value(check, &(struct param_spec){.kind = PARAM_MAP, .of = group},
                                 said->value, &ignored);
    }
    for (size_t i = 0; said->value->type == NODE_MAP && i < said->value->fields.count; i++)
        if (!find_field(group, said->value->fields.members[i].key))
            return unknown_field(check, group, said->value->fields.members[i].key);
    return 0;
}

struct resolving {
    struct param_check check;
    struct param_said culprit; /* being looked at */
};

static int resolve_group(struct resolving *now, const struct param_spec *group,
                         const struct param_said *said, size_t count, struct node *ret);

/* One field, by what was said about the group that it is in. */
static int resolve_field(struct resolving *now, const struct param_spec *field,
                         const struct param_said *said, size_t count, struct node *ret)
{
    struct param_said about[PARAM_SAID_MAX];
    size_t known = 0;
    size_t len = param_check_enter(&now->check, "%s%.*s", now->check.path[0] ? "." : "",
                                   STR_FMT(field->name));
    int status = 0;

    for (size_t i = 0; i < count; i++) {
        const struct node *value = node_get(said[i].value, field->name);

        if (value && known < PARAM_SAID_MAX)
            about[known++] = (struct param_said){value, said[i].source, said[i].line};
    }
    *ret = field->initial;
    if (field->kind == PARAM_GROUP) {
        status = resolve_group(now, field, about, known, ret);
    } else if (known > 0) {
        /* Every profile is checked, the nearest one counts. */
        for (size_t i = known; i-- > 0 && status == 0;) {
            now->culprit = about[i];
            status = param_check_value(&now->check, field, about[i].value, ret);
        }
    }
    if (status == 0)
        param_check_leave(&now->check, len);
    return status;
}

static int resolve_group(struct resolving *now, const struct param_spec *group,
                         const struct param_said *said, size_t count, struct node *ret)
{
    struct member *members =
        arena_array(now->check.arena, group->count ? group->count : 1, sizeof *members);

    if (!members) {
        (void)snprintf(now->check.text, now->check.size, "this set of policies is too large");
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        now->culprit = said[i];
        if (check_names(&now->check, group, &said[i]) < 0)
            return -1;
    }
    for (size_t i = 0; i < group->count; i++) {
        members[i].key = group->fields[i].name;
        if (resolve_field(now, &group->fields[i], said, count, &members[i].value) < 0)
            return -1;
    }
    *ret = (struct node){.type = NODE_STRUCT, .fields = {members, group->count, NULL}};
    return 0;
}

int param_resolve(const struct param_spec *group, const struct param_said *said, size_t count,
                  struct arena *arena, struct node *ret, struct param_fault *fault)
{
    char text[256] = "";
    struct resolving now = {.check = {.arena = arena, .text = text, .size = sizeof text}};

    if (resolve_group(&now, group, said, count, ret) == 0)
        return 0;
    (void)snprintf(fault->text, sizeof fault->text, "%s%s%s%s",
                   now.check.path[0] ? "parameter " : "params", now.check.path, ": ", text);
    fault->source = now.culprit.source;
    fault->line = now.culprit.line;
    if (fault->source)
        fault->line = locate_path(fault->source->content, fault->line, str_from(now.check.path));
    return -1;
}
