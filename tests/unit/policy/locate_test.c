#include "policy/locate.h"

#include "check.h"

static const char text[] = "return profile {\n"
                           "  -- allow = nothing\n"
                           "  id = \"allow\", x = y.allow == 1,\n"
                           "  rules = {\n"
                           "    [\"a.b\"] = { params = {\n"
                           "      memory = { max = 1 },\n"
                           "      allow = { \"\\\"max\" },\n"
                           "    } },\n"
                           "    ['c.d'] = { params = { max = 2 } },\n"
                           "  },\n"
                           "}\n";

static int line_of(int from, const char *path)
{
    return locate_path(str_from(text), from, str_from(path));
}

int main(void)
{
    struct str whole = str_from(text);

    CHECK(locate_key(whole, 1, STR("a.b")) == 5);
    CHECK(locate_key(whole, 1, STR("c.d")) == 9);
    CHECK(locate_key(whole, 1, STR("allow")) == 3);
    CHECK(locate_key(whole, 4, STR("allow")) == 7);
    CHECK(line_of(5, "memory.max") == 6);
    CHECK(line_of(5, "allow[1]") == 7);
    CHECK(line_of(9, "max") == 9);
    /* Not there: where the search began. */
    CHECK(locate_key(whole, 2, STR("nothing")) == 2);
    CHECK(locate_key(STR("x = \"unclosed"), 1, STR("unclosed")) == 1);
    CHECK(locate_key(STR(""), 1, STR("x")) == 1);
    return 0;
}
