#include "base/arena.h"

#include <stdint.h>

#include "check.h"

static void gives_up_to_the_cap_and_no_more(void)
{
    struct arena arena;
    struct err err;
    volatile size_t huge = SIZE_MAX; /* else the compiler already refuses it */

    CHECK(arena_init(&arena, 4096, &err) == 0);
    CHECK(arena_alloc(&arena, 4096) != NULL);
    CHECK(arena_alloc(&arena, 1) == NULL);
    arena_reset(&arena, 0);
    CHECK(arena_alloc(&arena, 4097) == NULL);
    CHECK(arena_alloc(&arena, huge) == NULL);
    CHECK(arena_array(&arena, huge / 8, 16) == NULL);
    CHECK(arena_array(&arena, 256, 16) != NULL);
    arena_done(&arena);
}

static void aligns_what_it_gives(void)
{
    struct arena arena;
    struct err err;

    CHECK(arena_init(&arena, 4096, &err) == 0);
    CHECK(arena_alloc(&arena, 1) != NULL);
    CHECK((uintptr_t)arena_alloc(&arena, 8) % 16 == 0);
    arena_done(&arena);
}

static void copies_and_prints_text(void)
{
    struct arena arena;
    struct err err;

    CHECK(arena_init(&arena, 4096, &err) == 0);
    CHECK_STR(arena_str(&arena, STR("a\0b")), "a\0b");
    CHECK_STR(arena_printf(&arena, "%d-%s", 7, "x"), "7-x");
    CHECK(arena_printf(&arena, "%5000d", 1).ptr == NULL);
    arena_done(&arena);
}

static void gives_touched_pages_back(void)
{
    struct arena arena;
    struct err err;
    char *text;

    CHECK(arena_init(&arena, 1 << 20, &err) == 0);
    text = arena_alloc(&arena, 1 << 19);
    CHECK(text != NULL);
    text[(1 << 19) - 1] = 'x';
    arena_reset(&arena, 4096);
    CHECK(text[(1 << 19) - 1] == '\0');
    CHECK(arena_alloc(&arena, 16) == text);
    arena_done(&arena);
}

int main(void)
{
    gives_up_to_the_cap_and_no_more();
    aligns_what_it_gives();
    copies_and_prints_text();
    gives_touched_pages_back();
    return 0;
}
