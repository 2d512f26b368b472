/* "A\nB" in any bytes, as glob and text, path and directory, block and address. */
#include <stdint.h>
#include <stdlib.h>

#include "docker/path_clean.h"
#include "policy/cidr.h"
#include "policy/glob.h"
#include "policy/path.h"

enum { ARENA_BYTES = 1 << 20, SMALL = 64, COST_MAX = 1 << 20 };

static void require(bool promise)
{
    if (!promise)
        abort();
}

/* What a glob means: row by row, which beginnings of s the pattern so far covers. */
static bool covers(struct str pattern, struct str s)
{
    bool row[SMALL + 1] = {true};

    for (size_t p = 0; p < pattern.len; p++) {
        char c = pattern.ptr[p];

        if (c == '*') {
            for (size_t i = 1; i <= s.len; i++)
                row[i] = row[i] || row[i - 1];
            continue;
        }
        for (size_t i = s.len; i > 0; i--)
            row[i] = row[i - 1] && (c == '?' || c == s.ptr[i - 1]);
        row[0] = false;
    }
    return row[s.len];
}

static void check_glob(struct str pattern, struct str s)
{
    if (pattern.len <= SMALL && s.len <= SMALL)
        require(glob_match(pattern, s) == covers(pattern, s));
    else if (glob_cost_bytes(pattern, s) < COST_MAX)
        (void)glob_match(pattern, s);
    require(glob_match(STR("*"), s));
}

static void check_path(struct str path, struct str dir)
{
    static struct arena arena;
    struct err err;
    bool under;

    if (!arena.base)
        require(arena_init(&arena, ARENA_BYTES, &err) == 0);
    arena_reset(&arena, ARENA_BYTES);
    path = path_clean(&arena, path);
    dir = path_clean(&arena, dir);
    under = path_under(path, dir);
    require(path_under(path, path));
    require(!under || !path_under(dir, path) || str_eq(path, dir));
    require(!under || path_clean_is_absolute(path) == path_clean_is_absolute(dir));
    require(!path_under(dir, path) || dir.ptr[0] != '/' || path_reaches(path, dir));
    (void)path_reaches(path, STR("docker.sock"));
}

static void check_cidr(struct str text, struct str other)
{
    struct cidr block, inner;

    if (!cidr_parse(text, &block))
        return;
    require(block.bits <= 128 && cidr_contains(&block, &block));
    if (!cidr_parse(other, &inner) || !cidr_contains(&block, &inner))
        return;
    require(block.v4 == inner.v4 && block.bits <= inner.bits);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str input = {(const char *)data, size};
    struct str a = str_take(input, str_find(input, '\n'));
    struct str b = str_skip(input, a.len + 1);

    check_glob(a, b);
    check_path(a, b);
    check_cidr(a, b);
    return 0;
}
