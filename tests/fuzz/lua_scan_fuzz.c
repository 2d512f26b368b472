/* Any bytes as Lua text. */
#include "fuzz_check.h"
#include "policy/lua_scan.h"
#include "policy/miscompiled.h"

static int lines_of(struct str text)
{
    int lines = 1;

    for (size_t i = 0; i < text.len; i++)
        lines += text.ptr[i] == '\n';
    return lines;
}

/* Each token stands behind the one before, in the text. */
static void check_tokens(struct str text)
{
    struct lua_scan scan;
    struct lua_token token;
    int lines = lines_of(text);
    int line = 1;

    lua_scan_init(&scan, text);
    for (;;) {
        size_t left = scan.rest.len;

        token = lua_scan_next(&scan);
        fuzz_require(token.line >= line && token.line <= lines && scan.line >= token.line);
        line = token.line;
        if (token.kind == LUA_TOKEN_END)
            break;
        fuzz_require(scan.rest.len < left);
        fuzz_require(fuzz_within(token.text, text));
        (void)lua_token_ends_operand(&token);
    }
    fuzz_require(scan.rest.len == 0 && scan.line == lines);
    fuzz_require(lua_scan_next(&scan).kind == LUA_TOKEN_END);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    struct miscompiled_place place;

    check_tokens(text);
    if (miscompiled_find(text, MISCOMPILED_ALL, &place))
        fuzz_require(place.line >= 1 && place.line <= lines_of(text) && place.what[0]);
    return 0;
}
