#include "policy/near.h"

#include <stdio.h>

enum { FAR = 3, LONGEST = 64 };

void near_init(struct near *near, struct str written)
{
    *near = (struct near){.written = written, .distance = FAR};
}

static int folded(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A' + 'a';
    return c == '-' ? '_' : c;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment: three rows of the table are enough. */
static size_t distance(struct str a, struct str b)
{
    size_t rows[3][LONGEST + 1];
    size_t *two = rows[0];
    size_t *one = rows[1];
    size_t *row = rows[2];

    for (size_t j = 0; j <= b.len; j++)
        one[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t *spare = two;

        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            int x = folded(a.ptr[i - 1]);
            int y = folded(b.ptr[j - 1]);

            row[j] = least(least(one[j] + 1, row[j - 1] + 1), one[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == folded(b.ptr[j - 2]) && y == folded(a.ptr[i - 2]))
                row[j] = least(row[j], two[j - 2] + 1);
        }
        two = one;
        one = row;
        row = spare;
    }
    return one[b.len];
}

void near_offer(struct near *near, struct str name)
{
    size_t found;

    if (name.len == 0 || name.len > LONGEST || near->written.len > LONGEST)
        return;
    found = distance(near->written, name);
    /* Of a word of three letters, two slips leave nothing. */
    if (found >= near->distance || found * 2 >= name.len)
        return;
    near->distance = found;
    near->best = name;
}

const char *near_hint(const struct near *near, char text[static NEAR_HINT_BYTES])
{
    text[0] = '\0';
    if (near->best.len)
        (void)snprintf(text, NEAR_HINT_BYTES, "; did you mean '%.*s'?", STR_FMT(near->best));
    return text;
}
