#include "docker/capability.h"

#include <stdbool.h>

static bool is_upper(struct str name)
{
    for (size_t i = 0; i < name.len; i++)
        if ((unsigned char)name.ptr[i] >= 0x80 || (name.ptr[i] >= 'a' && name.ptr[i] <= 'z'))
            return false;
    return true;
}

/* The two letters outside ASCII whose upper case is in it: U+0131 is "I", U+017F is "S". */
static char upper_of_pair(const char *pair)
{
    if (pair[0] == '\xc4' && pair[1] == '\xb1')
        return 'I';
    return pair[0] == '\xc5' && pair[1] == '\xbf' ? 'S' : '\0';
}

static struct str to_upper(struct arena *arena, struct str name)
{
    char *out = arena_alloc(arena, name.len + 1);
    size_t len = 0;

    if (!out)
        return (struct str){NULL, 0};
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        char folded = upper_of_pair(i + 1 < name.len ? name.ptr + i : "");

        if (folded) {
            c = folded;
            i++;
        } else if (c >= 'a' && c <= 'z') {
            c = (char)(c - 'a' + 'A');
        }
        out[len++] = c;
    }
    return (struct str){out, len};
}

struct str capability_name(struct arena *arena, struct str name)
{
    if (!is_upper(name))
        name = to_upper(arena, name);
    if (str_starts(name, STR("CAP_")) && !str_eq(name, STR("CAP_ALL")))
        name = str_skip(name, 4);
    return name;
}
