#ifndef POLICY_LUA_SCAN_H
#define POLICY_LUA_SCAN_H

#include <stdbool.h>

#include "base/str.h"

/* Lua text taken apart into tokens (Lua 5.4 manual, section 3.1), for checks that look at what an
 * author wrote. Text that Lua does not compile gives some tokens or other, and an end. */

enum lua_token_kind {
    LUA_TOKEN_END,
    LUA_TOKEN_NAME,
    LUA_TOKEN_KEYWORD,
    LUA_TOKEN_NUMBER,
    LUA_TOKEN_STRING, /* text is what stands between the quotes or brackets, as written */
    LUA_TOKEN_SIGN,
};

struct lua_token {
    enum lua_token_kind kind;
    int line; /* on which it begins; 1 is the first */
    struct str text;
};

struct lua_scan {
    struct str rest;
    int line;
};

void lua_scan_init(struct lua_scan *scan, struct str text);
/* The next token that is no comment; LUA_TOKEN_END for ever at the end. */
struct lua_token lua_scan_next(struct lua_scan *scan);

/* Whether the token is this keyword or sign. */
static inline bool lua_token_is(const struct lua_token *token, const char *text)
{
    return (token->kind == LUA_TOKEN_SIGN || token->kind == LUA_TOKEN_KEYWORD) &&
           str_eq(token->text, str_from(text));
}

/* Whether an operand may end with the token: a sign or bracket behind it is binary, a call or an
 * index. */
bool lua_token_ends_operand(const struct lua_token *token);

#endif
