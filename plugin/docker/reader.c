#include "docker/reader_core.h"

/* A byte order mark, which encoding/json refuses and other readers skip. */
static int refuse_mark(struct reader *reader)
{
    struct str rest = {reader->at, (size_t)(reader->end - reader->at)};

    if (!str_starts(rest, STR("\xef\xbb\xbf")))
        return 0;
    return reader_refuse(reader, STR("request.encoding"), STR("send plain UTF-8 without it"),
                         "a byte order mark stands before the JSON");
}

/* Engines before 23.0 ignore what follows the first value, later ones a part of it. */
static int refuse_trailing(struct reader *reader)
{
    reader_space(reader);
    if (reader->at == reader->end)
        return 0;
    return reader_refuse(
        reader, STR("request.trailing-data"), STR("send one JSON document and nothing after it"),
        "something follows the JSON, at byte %zu", (size_t)(reader->at - reader->start) + 1);
}

static int read_document(struct reader *reader, const struct type *type, struct node *ret)
{
    if (refuse_mark(reader) < 0)
        return -1;
    reader_space(reader);
    if (reader->at == reader->end)
        return reader_refuse_syntax(reader, "there is nothing");
    if (reader->mode == READER_STRICT)
        return reader_strict_value(reader, type, ret) < 0 ? -1 : refuse_trailing(reader);
    if (reader_merge_value(reader, type, ret) < 0)
        return -1;
    return reader_tidy(reader, type, ret);
}

int reader_read(const struct type *type, struct str json, enum reader_mode mode,
                struct arena *arena, struct reader_result *ret, struct refusal *refusal)
{
    struct reader reader;
    struct node value = {.type = NODE_NULL};
    int status;

    reader.at = reader.start = json.ptr;
    reader.end = json.ptr + json.len;
    reader.arena = arena;
    reader.refusal = refusal;
    reader.place = NULL;
    reader.mode = mode;
    reader.depth = reader.opened = 0;
    reader.stack = NULL;
    reader.stack_count = reader.stack_cap = 0;
    reader.unknown_paths = NULL;
    reader.unknown_count = 0;
    status = read_document(&reader, type, &value);
    ret->stopped_at = (size_t)(reader.at - reader.start);
    if (status < 0)
        return -1;
    ret->value = value;
    ret->unknown = (struct node){
        .type = NODE_LIST,
        .list = {.items = reader.unknown_paths, .count = reader.unknown_count},
    };
    return 0;
}
