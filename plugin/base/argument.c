#include "base/argument.h"

static void skip_empty(char *const **at)
{
    while (**at && !***at)
        ++*at;
}

int argument_next(char *const **at, struct argument *ret, struct err *err)
{
    struct str text;
    size_t equals;

    skip_empty(at);
    if (!**at)
        return 0;
    text = str_from(*(*at)++);
    if (!str_starts(text, STR("--")))
        return err_set(err, ERR_INVALID, "%.100s: not a flag; --help lists them", text.ptr);
    equals = str_find(text, '=');
    ret->name = str_skip(str_take(text, equals), 2);
    ret->value = equals < text.len ? text.ptr + equals + 1 : NULL;
    return 1;
}

int argument_value(char *const **at, struct argument *argument, struct err *err)
{
    if (argument->value)
        return 0;
    skip_empty(at);
    if (!**at)
        return err_set(err, ERR_INVALID, "--%.*s: expected a value after it",
                       STR_FMT(argument->name));
    argument->value = *(*at)++;
    return 0;
}
