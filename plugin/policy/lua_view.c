#include "policy/lua_view.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

#include "docker/schema.h"
#include "policy/context.h"
#include "policy/near.h"
#include "policy/sandbox.h"

enum { PATH_BYTES = 256 };

static const char metatable_key; /* its address */

struct path {
    char text[PATH_BYTES];
    size_t len;
};

static struct str string_at(lua_State *L, int index)
{
    struct str s;

    s.ptr = lua_tolstring(L, index, &s.len);
    return s;
}

static void path_add(struct path *path, const char *dot, struct str part)
{
    int added = snprintf(path->text + path->len, sizeof path->text - path->len, "%s%.*s", dot,
                         STR_FMT(part));

    path->len += added < 0 ? 0 : (size_t)added;
    if (path->len >= sizeof path->text)
        path->len = sizeof path->text - 1;
}

/* Extend path by the way from a tree to a node in it. Returns false where it is not in it. */
static bool path_find(struct path *path, const struct node *tree, const struct node *node)
{
    size_t len = path->len;
    char number[24];

    if (tree == node)
        return true;
    if (tree->type != NODE_LIST && tree->type != NODE_MAP && tree->type != NODE_STRUCT)
        return false;
    for (size_t i = 0; i < node_count(tree); i++) {
        const struct node *child;

        if (tree->type == NODE_LIST) {
            (void)snprintf(number, sizeof number, "[%zu]", i + 1);
            path_add(path, "", str_from(number));
            child = node_item(tree, i);
        } else {
            path_add(path, ".", tree->fields.members[i].key);
            child = &tree->fields.members[i].value;
        }
        if (path_find(path, child, node))
            return true;
        path->len = len;
        path->text[len] = '\0';
    }
    return false;
}

/* "req.container.limits", found by looking for it: only errors need it. */
static void path_of(lua_State *L, const struct node *node, struct path *path)
{
    const struct context *context = sandbox_context(L);

    for (size_t i = 0; context && i < CONTEXT_ROOTS; i++) {
        *path = (struct path){0};
        if (!context->roots[i].node)
            continue;
        path_add(path, "", str_from(context->roots[i].name));
        if (path_find(path, context->roots[i].node, node))
            return;
    }
    (void)snprintf(path->text, sizeof path->text, "this table");
}

void lua_view_fault(const struct node *node, const char *path, struct str key,
                    char ret[LUA_VIEW_FAULT_BYTES])
{
    const struct type *of = node->type == NODE_STRUCT ? node->fields.of : NULL;
    size_t count = node->type == NODE_STRUCT ? node->fields.count : 0;
    char hint[NEAR_HINT_BYTES];
    struct near near;

    near_init(&near, key);
    for (size_t i = 0; i < count; i++)
        near_offer(&near, node->fields.members[i].key);
    for (size_t i = 0; of && i < of->field_count; i++)
        near_offer(&near, of->fields[i].name);
    key = str_take(key, 64);
    if (node->type == NODE_LIST)
        (void)snprintf(ret, LUA_VIEW_FAULT_BYTES,
                       "%s is a list and has no field '%.*s'; take one of it (%s[1]), or all: for "
                       "_, item in ipairs(%s) do",
                       path, STR_FMT(key), path, path);
    else
        (void)snprintf(ret, LUA_VIEW_FAULT_BYTES, "%s has no field '%.*s'%s%s", path, STR_FMT(key),
                       near_hint(&near, hint),
                       strcmp(path, "p") == 0 && !near.best.len
                           ? "; the parameters of a rule are those that it declares in params"
                           : "");
}

static int fail_field(lua_State *L, const struct node *node, struct str key)
{
    char text[LUA_VIEW_FAULT_BYTES];
    struct path path;

    path_of(L, node, &path);
    lua_view_fault(node, path.text, key, text);
    return luaL_error(L, "%s", text);
}

static int fail_key(lua_State *L, const struct node *node, const char *kind)
{
    struct path path;

    if (lua_type(L, 2) == LUA_TSTRING)
        return fail_field(L, node, string_at(L, 2));
    path_of(L, node, &path);
    return luaL_error(L, "%s is a %s and cannot be read at a %s", path.text, kind,
                      luaL_typename(L, 2));
}

/* [-0, +1] with the metatable of the view at index 1. */
static void push_child(lua_State *L, const struct node *node)
{
    const struct node **view;

    switch (node->type) {
    case NODE_NULL:
        lua_pushnil(L);
        return;
    case NODE_BOOL:
        lua_pushboolean(L, node->boolean);
        return;
    case NODE_INT:
        lua_pushinteger(L, node->integer);
        return;
    case NODE_FLOAT:
        lua_pushnumber(L, node->number);
        return;
    case NODE_STRING:
        lua_pushlstring(L, node->string.len ? node->string.ptr : "", node->string.len);
        return;
    case NODE_LIST:
    case NODE_MAP:
    case NODE_STRUCT:
        break;
    }
    view = lua_newuserdatauv(L, sizeof(struct node *), 0);
    *view = node;
    (void)lua_rawgetp(L, LUA_REGISTRYINDEX, &metatable_key);
    lua_setmetatable(L, -2);
}

static int index_list(lua_State *L, const struct node *list)
{
    int is_integer;
    lua_Integer at = lua_tointegerx(L, 2, &is_integer);

    if (!is_integer || lua_type(L, 2) != LUA_TNUMBER)
        return fail_key(L, list, "list");
    if (at < 1 || (lua_Unsigned)at > list->list.count)
        lua_pushnil(L);
    else
        push_child(L, &list->list.items[at - 1]);
    return 1;
}

static int index_fields(lua_State *L, const struct node *node)
{
    const struct node *child;
    struct str key;

    if (lua_type(L, 2) != LUA_TSTRING)
        return fail_key(L, node, node->type == NODE_MAP ? "map" : "record");
    key = string_at(L, 2);
    child = node_get(node, key);
    if (child)
        push_child(L, child);
    else if (node->type == NODE_MAP ||
             (node->fields.of && schema_field(node->fields.of, key) != NULL))
        lua_pushnil(L);
    else
        return fail_field(L, node, key);
    return 1;
}

static int view_index(lua_State *L)
{
    const struct node *node = lua_view_get(L, 1);

    if (!node)
        return luaL_error(L, "not a view");
    return node->type == NODE_LIST ? index_list(L, node) : index_fields(L, node);
}

static int view_length(lua_State *L)
{
    const struct node *node = lua_view_get(L, 1);

    if (!node)
        return luaL_error(L, "not a view");
    lua_pushinteger(L, (lua_Integer)(node->type == NODE_LIST ? node->list.count : 0));
    return 1;
}

static int view_equal(lua_State *L)
{
    const struct node *a = lua_view_get(L, 1);

    lua_pushboolean(L, a && a == lua_view_get(L, 2));
    return 1;
}

static int view_write(lua_State *L)
{
    const struct node *node = lua_view_get(L, 1);
    struct path path = {.text = "this table"};

    if (node)
        path_of(L, node, &path);
    return luaL_error(L, "%s cannot be changed", path.text);
}

void lua_view_open(lua_State *L)
{
    static const luaL_Reg methods[] = {
        {"__index", view_index},    {"__len", view_length}, {"__eq", view_equal},
        {"__newindex", view_write}, {NULL, NULL},
    };

    lua_createtable(L, 0, 8);
    luaL_setfuncs(L, methods, 0);
    lua_pushliteral(L, "table"); /* what messages of Lua's own call it */
    lua_setfield(L, -2, "__name");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &metatable_key);
}

void lua_view_push(lua_State *L, const struct node *node)
{
    if (node)
        push_child(L, node);
    else
        lua_pushnil(L);
}

const struct node *lua_view_get(lua_State *L, int index)
{
    /* Views are the only full userdata that policies ever hold. */
    if (lua_type(L, index) != LUA_TUSERDATA || lua_rawlen(L, index) != sizeof(struct node *))
        return NULL;
    return *(const struct node **)lua_touserdata(L, index);
}

static int next_item(lua_State *L, const struct node *list)
{
    lua_Integer at = lua_tointeger(L, -1); /* nil: 0 */

    lua_pop(L, 1);
    for (; at >= 0 && (lua_Unsigned)at < list->list.count; at++) {
        if (list->list.items[at].type == NODE_NULL)
            continue;
        lua_pushinteger(L, at + 1);
        push_child(L, &list->list.items[at]);
        return 2;
    }
    return 0;
}

/* The first member whose key comes after `after`, null values left out; NULL at the end. */
static const struct member *member_after(const struct node *node, const struct str *after)
{
    const struct member *best = NULL;

    for (size_t i = 0; i < node->fields.count; i++) {
        const struct member *member = &node->fields.members[i];

        if (member->value.type == NODE_NULL || (after && str_cmp(member->key, *after) <= 0))
            continue;
        if (!best || str_cmp(member->key, best->key) < 0)
            best = member;
    }
    return best;
}

/* The same for a map, whose members are in order. */
static const struct member *map_after(const struct node *map, const struct str *after)
{
    size_t low = 0;
    size_t high = after ? map->fields.count : 0;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (str_cmp(map->fields.members[middle].key, *after) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    while (low < map->fields.count && map->fields.members[low].value.type == NODE_NULL)
        low++;
    return low < map->fields.count ? &map->fields.members[low] : NULL;
}

int lua_view_next(lua_State *L, int index)
{
    const struct node *node = lua_view_get(L, index);
    const struct member *member;
    struct str after;
    bool first = lua_isnil(L, -1);

    if (!node)
        return luaL_error(L, "not a view");
    if (node->type == NODE_LIST)
        return next_item(L, node);
    if (!first && lua_type(L, -1) != LUA_TSTRING)
        return luaL_error(L, "invalid key to 'next'");
    after = first ? STR("") : string_at(L, -1);
    if (node->type == NODE_MAP)
        member = map_after(node, first ? NULL : &after);
    else
        member = member_after(node, first ? NULL : &after);
    lua_pop(L, 1);
    if (!member)
        return 0;
    lua_pushlstring(L, member->key.len ? member->key.ptr : "", member->key.len);
    push_child(L, &member->value);
    return 2;
}

/* Replaces the value on top by what stands at key in it. Returns false where there is nothing. */
static bool dig_step(lua_State *L, struct str key)
{
    const struct node *node = lua_view_get(L, -1);

    if (node) {
        node = node_get(node, key);
        lua_view_push(L, node);
    } else if (lua_type(L, -1) == LUA_TTABLE) {
        lua_pushlstring(L, key.ptr, key.len);
        (void)lua_rawget(L, -2);
    } else {
        return false;
    }
    return !lua_isnil(L, -1);
}

int lua_view_dig(lua_State *L)
{
    struct str path;

    luaL_checkany(L, 1);
    path.ptr = luaL_checklstring(L, 2, &path.len);
    lua_settop(L, 2);
    lua_pushvalue(L, 1);
    for (;;) {
        size_t end = str_find(path, '.');

        luaL_checkstack(L, 2, NULL);
        if (!dig_step(L, str_take(path, end))) {
            lua_pushnil(L);
            return 1;
        }
        if (end == path.len)
            return 1;
        path = str_skip(path, end + 1);
    }
}
