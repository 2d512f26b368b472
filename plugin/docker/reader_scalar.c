#include "docker/base64.h"
#include "docker/reader_core.h"

static int boolean(struct reader *reader, struct node *ret)
{
    char c = reader_peek(reader);

    if (c != 't' && c != 'f')
        return reader_refuse_type(reader, "true or false");
    ret->type = NODE_BOOL;
    ret->boolean = c == 't';
    return reader_word(reader, c == 't' ? STR("true") : STR("false"));
}

static int text_value(struct reader *reader, struct node *ret)
{
    if (reader_peek(reader) != '"')
        return reader_refuse_type(reader, "a string");
    ret->type = NODE_STRING;
    return reader_string(reader, &ret->string);
}

static int bytes(struct reader *reader, struct node *ret)
{
    enum base64_manner manner = reader->mode == READER_STRICT ? BASE64_CANONICAL : BASE64_AS_GO;
    const char *from = reader->at;
    struct str coded;

    if (reader_peek(reader) != '"')
        return reader_refuse_type(reader, "a string in base64");
    if (reader_string(reader, &coded) < 0)
        return -1;
    ret->type = NODE_STRING;
    switch (base64_decode(coded, manner, reader->arena, &ret->string)) {
    case BASE64_FINE:
        return 0;
    case BASE64_FULL:
        return reader_refuse_full(reader);
    default:
        reader->at = from;
        return reader_refuse_type(reader, "a string in base64");
    }
}

int reader_scalar(struct reader *reader, const struct type *type, struct node *ret)
{
    switch (type->kind) {
    case KIND_BOOL:
        return boolean(reader, ret);
    case KIND_INT:
        return reader_integer(reader, type, ret);
    case KIND_FLOAT:
        return reader_float(reader, type, ret);
    case KIND_STRING:
        return text_value(reader, ret);
    default:
        return bytes(reader, ret);
    }
}

static int zero_array(struct reader *reader, const struct type *type, struct node *ret)
{
    ret->type = NODE_LIST;
    ret->list.count = type->length;
    ret->list.items = arena_array(reader->arena, type->length, sizeof *ret->list.items);
    if (!ret->list.items)
        return reader_refuse_full(reader);
    for (size_t i = 0; i < type->length; i++)
        if (reader_zero(reader, type->of, &ret->list.items[i]) < 0)
            return -1;
    return 0;
}

int reader_zero(struct reader *reader, const struct type *type, struct node *ret)
{
    *ret = (struct node){.type = NODE_NULL};
    switch (type->kind) {
    case KIND_BOOL:
        ret->type = NODE_BOOL;
        return 0;
    case KIND_INT:
        ret->type = NODE_INT;
        return 0;
    case KIND_FLOAT:
        ret->type = NODE_FLOAT;
        return 0;
    case KIND_STRING:
        *ret = (struct node){.type = NODE_STRING, .string = STR("")};
        return 0;
    case KIND_STRUCT:
        ret->type = NODE_STRUCT;
        ret->fields.of = type;
        return 0;
    case KIND_ARRAY:
        return zero_array(reader, type, ret);
    default:
        return 0;
    }
}
