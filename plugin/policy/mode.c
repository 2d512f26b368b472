#include "policy/mode.h"

static const struct str names[] = {
    [MODE_UNSET] = STR_INIT(""),
    [MODE_ENFORCE] = STR_INIT("enforce"),
    [MODE_AUDIT] = STR_INIT("audit"),
    [MODE_OFF] = STR_INIT("off"),
    [MODE_EXCEPTED] = STR_INIT("excepted"),
};

struct str mode_name(enum mode mode)
{
    return names[mode];
}

bool mode_find(struct str name, enum mode *ret)
{
    for (enum mode mode = MODE_ENFORCE; mode <= MODE_OFF; mode++) {
        if (!str_eq(name, names[mode]))
            continue;
        *ret = mode;
        return true;
    }
    return false;
}
