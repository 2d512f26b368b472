#include "mutation.h"

static const char alphabet[] = "{}[],:\"\\/0123456789-+.eEtrufalsn \n\t\x01\x7f\xff\xef\xbb\xbf";

static char any_byte(struct random *random)
{
    return alphabet[random_below(random, sizeof alphabet - 1)];
}

static void change(struct random *random, struct buffer *body)
{
    body->data[random_below(random, body->len)] = any_byte(random);
}

static void insert(struct random *random, struct buffer *body)
{
    size_t at = random_below(random, body->len);

    if (buffer_append(body, "x", 1) < 0)
        return;
    memmove(body->data + at + 1, body->data + at, body->len - at - 1);
    body->data[at] = any_byte(random);
}

static void take_away(struct random *random, struct buffer *body)
{
    size_t at = random_below(random, body->len);

    memmove(body->data + at, body->data + at + 1, body->len - at - 1);
    body->len--;
}

static void put_behind(struct random *random, struct buffer *body)
{
    static const char *const tails[] = {"x", " {}", "]", "}", "\n\n", "null", ",", "\x01"};

    (void)buffer_str(body, str_from(tails[random_below(random, 8)]));
}

void mutation_apply(struct random *random, struct buffer *body)
{
    size_t choice = random_below(random, 60);

    if (body->len == 0)
        return;
    if (choice == 0)
        body->len = random_below(random, body->len);
    else if (choice < 4)
        change(random, body);
    else if (choice < 6)
        insert(random, body);
    else if (choice < 8)
        take_away(random, body);
    else if (choice < 10)
        put_behind(random, body);
}
