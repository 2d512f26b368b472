#include "policy/faults.h"

#include <stdbool.h>

/* "rules/site.lua:12: " */
static struct str place_of(struct str line)
{
    size_t name = str_find(line, ':');
    size_t number = str_find(str_skip(line, name + 1), ':');

    return str_take(line, name + 1 + number + 1);
}

static bool is_told(const struct buffer *faults, struct str line)
{
    struct str all = buffer_view(faults);

    for (; all.len > 0; all = str_skip(all, str_find(all, '\n') + 1))
        if (str_starts(all, line))
            return true;
    return false;
}

void faults_add(struct buffer *faults, struct str line)
{
    if (is_told(faults, line))
        return;
    (void)buffer_str(faults, line);
    (void)buffer_str(faults, STR("\n"));
}

void faults_add_first(struct buffer *faults, struct str line)
{
    if (!is_told(faults, place_of(line)))
        faults_add(faults, line);
}
