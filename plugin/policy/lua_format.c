#include "policy/lua_format.h"

#include <lauxlib.h>
#include <math.h>
#include <stdio.h>

#include "policy/lua_args.h"
#include "policy/steps.h"

enum {
    NUMBER_BYTES = 512,  /* the longest is %99.99f of 1e308: sign, 309 digits, point, 99 digits */
    NUMBER_STEPS = 16,   /* printing a double of hundreds of digits takes some microseconds */
    SPEC_BYTES_MAX = 20, /* two digits twice, and some flags */
    FORMAT_BYTES = SPEC_BYTES_MAX + 8,
};

/* One "%-08.3f", taken apart. */
struct spec {
    struct str text;  /* all of it, from the '%' to the conversion */
    struct str flags; /* the '-' and so on in it */
    int width;        /* -1: none */
    int precision;    /* -1: none */
    char conversion;
};

struct output {
    lua_State *L;
    luaL_Buffer *buffer;
    int arg; /* stack index of the next value */
};

void lua_format_value(lua_State *L, int index)
{
    switch (lua_type(L, index)) {
    case LUA_TNIL:
    case LUA_TBOOLEAN:
    case LUA_TNUMBER:
    case LUA_TSTRING:
        (void)luaL_tolstring(L, index, NULL);
        return;
    case LUA_TUSERDATA:
        lua_pushliteral(L, "table");
        return;
    default:
        lua_pushstring(L, luaL_typename(L, index));
    }
}

/* Up to two digits; -1: there is none. */
static int read_number(struct str *text)
{
    int value = -1;

    for (int digits = 0; digits < 2 && text->len > 0; digits++) {
        char c = text->ptr[0];

        if (c < '0' || c > '9')
            break;
        value = (value < 0 ? 0 : value * 10) + (c - '0');
        *text = str_skip(*text, 1);
    }
    return value;
}

static bool is_flag(char c)
{
    return c != '\0' && strchr("-+ #0", c);
}

/* Read the spec that text begins with and skip it. Returns false where it is no spec at all. */
static bool read_spec(struct str *text, struct spec *spec)
{
    struct str rest = str_skip(*text, 1);

    spec->flags = rest;
    while (rest.len > 0 && is_flag(rest.ptr[0]))
        rest = str_skip(rest, 1);
    spec->flags.len -= rest.len;
    spec->width = read_number(&rest);
    spec->precision = -1;
    if (rest.len > 0 && rest.ptr[0] == '.') {
        rest = str_skip(rest, 1);
        spec->precision = read_number(&rest);
        if (spec->precision < 0)
            spec->precision = 0;
    }
    if (rest.len == 0)
        return false;
    spec->conversion = rest.ptr[0];
    rest = str_skip(rest, 1);
    spec->text = str_take(*text, text->len - rest.len);
    *text = rest;
    return spec->text.len <= SPEC_BYTES_MAX;
}

/* Which flags a conversion takes; NULL: there is no such conversion. */
static const char *known_flags(char conversion)
{
    switch (conversion) {
    case 'c':
    case 's':
        return "-";
    case 'd':
    case 'i':
        return "-+0 ";
    case 'u':
        return "-0";
    case 'o':
    case 'x':
    case 'X':
        return "-#0";
    case 'a':
    case 'A':
    case 'e':
    case 'E':
    case 'f':
    case 'g':
    case 'G':
        return "-+#0 ";
    case 'q':
        return "";
    default:
        return NULL;
    }
}

static bool has_flag(const struct spec *spec, char flag)
{
    return str_find(spec->flags, flag) < spec->flags.len;
}

static bool has_only_flags(const struct spec *spec, const char *known)
{
    for (size_t i = 0; i < spec->flags.len; i++) {
        if (!strchr(known, spec->flags.ptr[i]))
            return false;
    }
    return true;
}

static void check_spec(lua_State *L, const struct spec *spec)
{
    const char *known = known_flags(spec->conversion);

    if (!known)
        (void)luaL_error(L, "invalid conversion '%%%c' to 'format'", spec->conversion);
    else if (spec->conversion == 'q' && spec->text.len > 2)
        (void)luaL_error(L, "specifier '%%q' cannot have modifiers");
    else if (!has_only_flags(spec, known) || (spec->conversion == 'c' && spec->precision >= 0))
        (void)luaL_error(L, "invalid conversion specification for '%%%c'", spec->conversion);
}

static void add_spaces(luaL_Buffer *buffer, size_t count)
{
    while (count-- > 0)
        luaL_addchar(buffer, ' ');
}

/* s, in at least as many columns as the spec wants. */
static void add_padded(luaL_Buffer *buffer, struct str s, const struct spec *spec)
{
    size_t width = spec->width > 0 ? (size_t)spec->width : 0;
    size_t spaces = width > s.len ? width - s.len : 0;
    bool left = has_flag(spec, '-');

    if (!left)
        add_spaces(buffer, spaces);
    luaL_addlstring(buffer, s.ptr, s.len);
    if (left)
        add_spaces(buffer, spaces);
}

static void add_string(struct output *out, const struct spec *spec)
{
    struct str s;

    lua_format_value(out->L, out->arg);
    lua_replace(out->L, out->arg);
    s.ptr = lua_tolstring(out->L, out->arg, &s.len);
    if (spec->precision >= 0)
        s = str_take(s, (size_t)spec->precision);
    steps_take_block(out->L, s.len);
    add_padded(out->buffer, s, spec);
}

static void add_char(struct output *out, const struct spec *spec)
{
    char c = (char)luaL_checkinteger(out->L, out->arg);

    add_padded(out->buffer, (struct str){&c, 1}, spec);
}

/* The spec in C's words, with the length that its argument needs. */
static void print_spec(const struct spec *spec, const char *length, char format[FORMAT_BYTES])
{
    size_t head = spec->text.len - 1;
    size_t tail = strlen(length);

    memcpy(format, spec->text.ptr, head);
    memcpy(format + head, length, tail);
    format[head + tail] = spec->conversion;
    format[head + tail + 1] = '\0';
}

/* The formats are put together from a spec that was checked: known flags, at most two digits twice,
 * and the conversion that fits the argument. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static void add_integer(struct output *out, const struct spec *spec)
{
    char format[FORMAT_BYTES], text[NUMBER_BYTES];
    lua_Integer value = luaL_checkinteger(out->L, out->arg);
    int len;

    print_spec(spec, LUA_INTEGER_FRMLEN, format);
    len = snprintf(text, sizeof text, format, value);
    luaL_addlstring(out->buffer, text, (size_t)len);
}

static void add_float(struct output *out, const struct spec *spec)
{
    char format[FORMAT_BYTES], text[NUMBER_BYTES];
    lua_Number value = luaL_checknumber(out->L, out->arg);
    int len;

    steps_take(out->L, NUMBER_STEPS);
    print_spec(spec, "", format);
    len = snprintf(text, sizeof text, format, value);
    luaL_addlstring(out->buffer, text, (size_t)len);
}

#pragma GCC diagnostic pop

static void add_quoted(luaL_Buffer *buffer, struct str s)
{
    luaL_addchar(buffer, '"');
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        bool digit_next = i + 1 < s.len && s.ptr[i + 1] >= '0' && s.ptr[i + 1] <= '9';
        char code[8];

        if (c == '"' || c == '\\' || c == '\n') {
            luaL_addchar(buffer, '\\');
            luaL_addchar(buffer, (char)c);
        } else if (c < ' ' || c == 0x7f) {
            (void)snprintf(code, sizeof code, digit_next ? "\\%03d" : "\\%d", c);
            luaL_addstring(buffer, code);
        } else {
            luaL_addchar(buffer, (char)c);
        }
    }
    luaL_addchar(buffer, '"');
}

/* A number as Lua source that reads back as exactly the same. */
static void add_source_number(struct output *out)
{
    char text[64];
    int len;

    if (lua_isinteger(out->L, out->arg)) {
        lua_Integer value = lua_tointeger(out->L, out->arg);

        if (value == LUA_MININTEGER) /* -9223372036854775808 would read back as a float */
            len = snprintf(text, sizeof text, "0x%llx", (unsigned long long)value);
        else
            len = snprintf(text, sizeof text, LUA_INTEGER_FMT, value);
    } else {
        lua_Number value = lua_tonumber(out->L, out->arg);

        if (isnan(value))
            len = snprintf(text, sizeof text, "(0/0)");
        else if (isinf(value))
            len = snprintf(text, sizeof text, value > 0 ? "1e9999" : "-1e9999");
        else
            len = snprintf(text, sizeof text, "%a", value);
    }
    luaL_addlstring(out->buffer, text, (size_t)len);
}

static void add_source(struct output *out)
{
    struct str s;

    switch (lua_type(out->L, out->arg)) {
    case LUA_TSTRING:
        s = lua_args_str(out->L, out->arg);
        steps_take(out->L, 1 + s.len / STEPS_SCAN_BYTES);
        add_quoted(out->buffer, s);
        return;
    case LUA_TNUMBER:
        add_source_number(out);
        return;
    case LUA_TNIL:
    case LUA_TBOOLEAN:
        lua_format_value(out->L, out->arg);
        luaL_addvalue(out->buffer);
        return;
    default:
        (void)luaL_argerror(out->L, out->arg, "value has no literal form");
    }
}

static void add_argument(struct output *out, const struct spec *spec)
{
    switch (spec->conversion) {
    case 's':
        add_string(out, spec);
        return;
    case 'q':
        add_source(out);
        return;
    case 'c':
        add_char(out, spec);
        return;
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X':
        add_integer(out, spec);
        return;
    default:
        add_float(out, spec);
    }
}

int lua_format(lua_State *L)
{
    struct str text = lua_args_str(L, 1);
    int last = lua_gettop(L);
    luaL_Buffer buffer;
    struct output out = {L, &buffer, 2};

    steps_take_block(L, text.len);
    luaL_buffinit(L, &buffer);
    while (text.len > 0) {
        size_t plain = str_find(text, '%');
        struct spec spec;

        luaL_addlstring(&buffer, text.ptr, plain);
        if (plain == text.len)
            break;
        text = str_skip(text, plain);
        steps_take(L, 1);
        if (str_starts(text, STR("%%"))) {
            luaL_addchar(&buffer, '%');
            text = str_skip(text, 2);
            continue;
        }
        if (!read_spec(&text, &spec))
            return luaL_error(L, "invalid format string to 'format'");
        check_spec(L, &spec);
        luaL_argcheck(L, out.arg <= last, out.arg, "no value");
        add_argument(&out, &spec);
        out.arg++;
    }
    luaL_pushresult(&buffer);
    return 1;
}
