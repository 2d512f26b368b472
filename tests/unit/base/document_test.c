#include "base/document.h"

#include "check.h"

static const char text[] = "{\"a\":{\"b\":7,\"c-d\":\"words\\u0000more\",\"t\":true,\"f\":false},"
                           "\"counts\":{\"z\":1,\"x\":\"no number\",\"y\":2},\"list\":[1]}";

struct seen {
    char names[8];
    size_t count;
    uint64_t sum;
};

static void take(void *context, const char *name, uint64_t number)
{
    struct seen *seen = context;

    seen->names[seen->count++] = name[0];
    seen->sum = seen->sum * 10 + number;
}

static void looks_up(const struct document *document)
{
    CHECK(document_number(document, "a.b") == 7);
    CHECK_STR(document_text(document, "a.c-d"), "words\0more");
    CHECK(document_truth(document, "a.t"));
    CHECK(!document_truth(document, "a.f"));
}

static void what_is_not_there_is_empty(const struct document *document)
{
    CHECK(document_number(document, "a") == 0);
    CHECK(document_number(document, "a.c-d") == 0);
    CHECK(document_number(document, "a.b.x") == 0);
    CHECK(document_text(document, "a.b").len == 0);
    CHECK(document_text(document, "nothing.of.it").len == 0);
    CHECK(document_text(document, "list.0").len == 0);
    CHECK(!document_truth(document, "a.b"));
}

static void walks_numbers(const struct document *document)
{
    struct seen seen = {0};

    document_numbers(document, "counts", take, &seen);
    CHECK_STR(((struct str){seen.names, seen.count}), "zy");
    CHECK(seen.sum == 12);
    document_numbers(document, "a.b", take, &seen);
    document_numbers(document, "none", take, &seen);
    CHECK(seen.count == 2);
}

static void takes_objects_only(void)
{
    static const char *const wrong[] = {"", "{", "[]", "7", "{} {}", "{\"a\":1,\"a\":2}"};
    struct document *document = NULL;
    struct err err;

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        CHECK(document_parse(str_from(wrong[i]), &document, &err) < 0);
        CHECK(err.code == ERR_INVALID);
        CHECK(!document);
    }
    document_free(NULL);
}

int main(void)
{
    struct document *document;
    struct err err;

    CHECK(document_parse(str_from(text), &document, &err) == 0);
    looks_up(document);
    what_is_not_there_is_empty(document);
    walks_numbers(document);
    document_free(document);
    takes_objects_only();
    return 0;
}
