#include "docker/size_text.h"

#include "check.h"

static bool is_tmpfs(struct str text, int64_t want)
{
    int64_t got;

    return size_text_tmpfs(text, &got) && got == want;
}

static bool is_units(struct str text, int64_t want)
{
    int64_t got;

    return size_text_units(text, &got) && got == want;
}

static void reads_tmpfs_sizes(void)
{
    int64_t got;

    CHECK(is_tmpfs(STR("65536"), 65536));
    CHECK(is_tmpfs(STR("64k"), 64 << 10));
    CHECK(is_tmpfs(STR("64M"), 64 << 20));
    CHECK(is_tmpfs(STR("7e"), (int64_t)7 << 60));
    CHECK(!size_text_tmpfs(STR("8e"), &got));
    CHECK(!size_text_tmpfs(STR("50%"), &got));
    CHECK(!size_text_tmpfs(STR(""), &got));
    CHECK(!size_text_tmpfs(STR("k"), &got));
    CHECK(!size_text_tmpfs(STR("-1"), &got));
    CHECK(!size_text_tmpfs(STR("1kb"), &got));
}

static void reads_units(void)
{
    int64_t got;

    CHECK(is_units(STR("10G"), (int64_t)10 << 30));
    CHECK(is_units(STR("512m"), 512 << 20));
    CHECK(is_units(STR("1.5gb"), (int64_t)3 << 29));
    CHECK(is_units(STR("20 GiB"), (int64_t)20 << 30));
    CHECK(is_units(STR("7"), 7));
    CHECK(is_units(STR("7b"), 7));
    CHECK(!size_text_units(STR(""), &got));
    CHECK(!size_text_units(STR("G"), &got));
    CHECK(!size_text_units(STR("-1G"), &got));
    CHECK(!size_text_units(STR("1GG"), &got));
    CHECK(!size_text_units(STR("1ib"), &got));
    CHECK(!size_text_units(STR("8388608T"), &got));
    CHECK(is_units(STR("8388607T"), (int64_t)8388607 << 40));
}

int main(void)
{
    reads_tmpfs_sizes();
    reads_units();
    return 0;
}
