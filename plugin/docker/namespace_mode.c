#include "docker/namespace_mode.h"

#include <stdbool.h>

static const struct {
    struct str word;
    enum namespace_kind kind;
    unsigned of; /* bits: which namespaces know it */
} words[] = {
#define OF(of) (1U << NAMESPACE_OF_##of)
    {{"host", 4},
     NAMESPACE_HOST,
     OF(NETWORK) | OF(PID) | OF(IPC) | OF(UTS) | OF(USER) | OF(CGROUP)},
    {{"private", 7}, NAMESPACE_PRIVATE, OF(IPC) | OF(CGROUP)},
    {{"shareable", 9}, NAMESPACE_SHAREABLE, OF(IPC)},
    {{"none", 4}, NAMESPACE_NONE, OF(NETWORK) | OF(IPC)},
    {{"bridge", 6}, NAMESPACE_BRIDGE, OF(NETWORK)},
    {{"default", 7}, NAMESPACE_DEFAULT, OF(NETWORK)},
#undef OF
};

static bool joins_containers(enum namespace_of of)
{
    return of == NAMESPACE_OF_NETWORK || of == NAMESPACE_OF_PID || of == NAMESPACE_OF_IPC ||
           of == NAMESPACE_OF_CGROUP_CONTAINER;
}

static bool is_blank(char c)
{
    return (unsigned char)c <= ' ';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool looks_like(struct str text, struct str word)
{
    if (text.len != word.len)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (lower(text.ptr[i]) != word.ptr[i])
            return false;
    return true;
}

/* Would a person who sees text take it for a word that the engine knows for networks? */
static bool looks_known(struct str text)
{
    const struct str container = STR("container:");

    while (text.len > 0 && is_blank(text.ptr[0]))
        text = str_skip(text, 1);
    while (text.len > 0 && is_blank(text.ptr[text.len - 1]))
        text.len--;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (words[i].of & (1U << NAMESPACE_OF_NETWORK) && looks_like(text, words[i].word))
            return true;
    return text.len == 0 || looks_like(text, str_take(container, container.len - 1)) ||
           looks_like(str_take(text, container.len), container);
}

struct namespace_mode namespace_mode_parse(enum namespace_of of, struct str text)
{
    const struct str container = STR("container:");

    if (text.len == 0)
        return (struct namespace_mode){NAMESPACE_DEFAULT, STR("")};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (words[i].of & (1U << of) && str_eq(text, words[i].word))
            return (struct namespace_mode){words[i].kind, STR("")};
    if (joins_containers(of) && str_starts(text, container) && text.len > container.len)
        return (struct namespace_mode){NAMESPACE_CONTAINER, str_skip(text, container.len)};
    if (of == NAMESPACE_OF_NETWORK && !looks_known(text))
        return (struct namespace_mode){NAMESPACE_NAMED, text};
    return (struct namespace_mode){NAMESPACE_ODD, STR("")};
}

struct str namespace_mode_name(enum namespace_kind kind)
{
    switch (kind) {
    case NAMESPACE_DEFAULT:
        return STR("default");
    case NAMESPACE_HOST:
        return STR("host");
    case NAMESPACE_CONTAINER:
        return STR("container");
    case NAMESPACE_PRIVATE:
        return STR("private");
    case NAMESPACE_SHAREABLE:
        return STR("shareable");
    case NAMESPACE_NONE:
        return STR("none");
    case NAMESPACE_BRIDGE:
        return STR("bridge");
    case NAMESPACE_NAMED:
        return STR("named");
    case NAMESPACE_ODD:
        break;
    }
    return STR("odd");
}
