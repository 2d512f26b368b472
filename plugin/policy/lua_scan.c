#include "policy/lua_scan.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static char at(struct str text, size_t i)
{
    return i < text.len ? text.ptr[i] : '\0';
}

void lua_scan_init(struct lua_scan *scan, struct str text)
{
    *scan = (struct lua_scan){text, 1};
}

static struct str take(struct lua_scan *scan, size_t length)
{
    struct str taken = str_take(scan->rest, length);

    scan->rest = str_skip(scan->rest, length);
    return taken;
}

/* The same where lines may end: in blanks and strings. */
static struct str take_lines(struct lua_scan *scan, size_t length)
{
    struct str taken = take(scan, length);

    for (size_t i = 0; i < taken.len; i++)
        scan->line += taken.ptr[i] == '\n';
    return taken;
}

/* The length of "[==[" at the start of text, or 0. */
static size_t long_opening(struct str text)
{
    size_t length = 1;

    if (at(text, 0) != '[')
        return 0;
    while (at(text, length) == '=')
        length++;
    return at(text, length) == '[' ? length + 1 : 0;
}

/* The length of what stands before the bracket that closes one of that length. */
static size_t long_length(struct str text, size_t bracket)
{
    for (size_t i = 0; i + bracket <= text.len; i++) {
        size_t length = 1;

        if (text.ptr[i] != ']')
            continue;
        while (length < bracket - 1 && text.ptr[i + length] == '=')
            length++;
        if (length == bracket - 1 && text.ptr[i + length] == ']')
            return i;
    }
    return text.len;
}

static struct str take_long(struct lua_scan *scan, size_t bracket)
{
    struct str content;

    (void)take(scan, bracket);
    content = take_lines(scan, long_length(scan->rest, bracket));
    (void)take(scan, bracket);
    return content;
}

static void skip_comment(struct lua_scan *scan)
{
    size_t bracket;

    (void)take(scan, 2);
    bracket = long_opening(scan->rest);
    if (bracket)
        (void)take_long(scan, bracket);
    else
        (void)take(scan, str_find(scan->rest, '\n'));
}

static void skip_blanks(struct lua_scan *scan)
{
    for (;;) {
        if (is_space(at(scan->rest, 0)))
            (void)take_lines(scan, 1);
        else if (str_starts(scan->rest, STR("--")))
            skip_comment(scan);
        else
            return;
    }
}

/* The length of a text in quotes, with them. */
static size_t quoted_length(struct str text)
{
    size_t i = 1;

    while (i < text.len && text.ptr[i] != text.ptr[0])
        i += text.ptr[i] == '\\' ? 2 : 1;
    return i < text.len ? i + 1 : text.len;
}

static size_t number_length(struct str text)
{
    bool is_hex = at(text, 0) == '0' && (at(text, 1) | 0x20) == 'x';
    char exponent = is_hex ? 'p' : 'e';
    size_t i = 1;

    while (is_digit(at(text, i)) || is_letter(at(text, i)) || at(text, i) == '.' ||
           ((at(text, i) == '+' || at(text, i) == '-') && (at(text, i - 1) | 0x20) == exponent))
        i++;
    return i;
}

static size_t name_length(struct str text)
{
    size_t i = 1;

    while (is_letter(at(text, i)) || is_digit(at(text, i)))
        i++;
    return i;
}

static bool is_keyword(struct str name)
{
    static const struct str words[] = {
        STR_INIT("and"),      STR_INIT("break"),  STR_INIT("do"),    STR_INIT("else"),
        STR_INIT("elseif"),   STR_INIT("end"),    STR_INIT("false"), STR_INIT("for"),
        STR_INIT("function"), STR_INIT("goto"),   STR_INIT("if"),    STR_INIT("in"),
        STR_INIT("local"),    STR_INIT("nil"),    STR_INIT("not"),   STR_INIT("or"),
        STR_INIT("repeat"),   STR_INIT("return"), STR_INIT("then"),  STR_INIT("true"),
        STR_INIT("until"),    STR_INIT("while"),
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].ptr[0] == name.ptr[0] && str_eq(name, words[i]))
            return true;
    return false;
}

static size_t sign_length(struct str text)
{
    static const char *const twice = ".=<>/:";
    char first = text.ptr[0];
    char second = at(text, 1);

    if (first == '.' && second == '.' && at(text, 2) == '.')
        return 3;
    if ((first == second && strchr(twice, first)) || (second == '=' && strchr("~<>", first)))
        return 2;
    return 1;
}

static struct str inner(struct str quoted)
{
    return str_take(str_skip(quoted, 1), quoted.len < 2 ? 0 : quoted.len - 2);
}

struct lua_token lua_scan_next(struct lua_scan *scan)
{
    struct lua_token token = {.kind = LUA_TOKEN_SIGN};
    size_t bracket;
    char c;

    skip_blanks(scan);
    token.line = scan->line;
    c = at(scan->rest, 0);
    bracket = long_opening(scan->rest);
    if (scan->rest.len == 0) {
        token.kind = LUA_TOKEN_END;
    } else if (is_letter(c)) {
        token.text = take(scan, name_length(scan->rest));
        token.kind = is_keyword(token.text) ? LUA_TOKEN_KEYWORD : LUA_TOKEN_NAME;
    } else if (is_digit(c) || (c == '.' && is_digit(at(scan->rest, 1)))) {
        token.kind = LUA_TOKEN_NUMBER;
        token.text = take(scan, number_length(scan->rest));
    } else if (c == '"' || c == '\'') {
        token.kind = LUA_TOKEN_STRING;
        token.text = inner(take_lines(scan, quoted_length(scan->rest)));
    } else if (bracket) {
        token.kind = LUA_TOKEN_STRING;
        token.text = take_long(scan, bracket);
    } else {
        token.text = take(scan, sign_length(scan->rest));
    }
    return token;
}

bool lua_token_ends_operand(const struct lua_token *token)
{
    static const char *const ends[] = {")", "]", "}", "...", "end", "nil", "true", "false"};

    if (token->kind == LUA_TOKEN_NAME || token->kind == LUA_TOKEN_NUMBER ||
        token->kind == LUA_TOKEN_STRING)
        return true;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (lua_token_is(token, ends[i]))
            return true;
    return false;
}
