#include "docker/port_range.h"

#include "docker/number.h"

bool port_range_parse(struct str text, struct port_range *ret)
{
    size_t dash = str_find(text, '-');
    struct str second = str_skip(text, dash + 1);
    uint64_t from = 0;
    uint64_t to = 0;

    if (text.len == 0) {
        *ret = (struct port_range){0, 0};
        return true;
    }
    if (!number_unsigned(str_take(text, dash), UINT16_MAX, &from))
        return false;
    /* nat splits at every dash and looks at the first two pieces only. */
    second = str_take(second, str_find(second, '-'));
    if (dash == text.len)
        to = from;
    else if (!number_unsigned(second, UINT16_MAX, &to) || to < from)
        return false;
    *ret = (struct port_range){(uint16_t)from, (uint16_t)to};
    return true;
}

bool port_range_spec(struct str text, struct port_spec *ret)
{
    size_t slash = str_find(text, '/');
    struct str proto = str_skip(text, slash + 1);

    /* nat splits at every slash and looks at the first two pieces only. */
    ret->proto = str_take(proto, str_find(proto, '/'));
    if (ret->proto.len == 0)
        ret->proto = STR("tcp");
    return slash > 0 && port_range_parse(str_take(text, slash), &ret->range);
}
