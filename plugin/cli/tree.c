#include "cli/tree.h"

struct walk {
    const struct paint *paint;
    int indent;
    size_t position;
};

static void put_scalar(const struct paint *paint, const struct document *value)
{
    char text[DOCUMENT_SCALAR_BYTES];

    paint_text(paint, PAINT_PLAIN, document_scalar(value, "", text));
}

static void put_name(const struct walk *walk, struct str name)
{
    (void)fprintf(walk->paint->out, "%*s", walk->indent, "");
    if (name.len)
        paint_text(walk->paint, PAINT_PLAIN, name);
    else
        (void)fprintf(walk->paint->out, "[%zu]", walk->position);
}

static void count_other(void *context, struct str name, const struct document *value)
{
    size_t *others = context;

    (void)name;
    *others += !document_truth(value, "");
}

/* Sets are maps from names to true. */
static bool is_set(const struct document *value)
{
    size_t others = 0;

    document_each(value, "", count_other, &others);
    return document_kind(value, "") == DOCUMENT_OBJECT && document_count(value, "") > 0 &&
           others == 0;
}

static void put_element(void *context, struct str name, const struct document *value)
{
    struct walk *walk = context;

    (void)value;
    (void)fputs(walk->position++ ? ", " : "", walk->paint->out);
    paint_text(walk->paint, PAINT_PLAIN, name);
}

static void put_set(const struct paint *paint, const struct document *value)
{
    struct walk walk = {paint, 0, 0};

    document_each(value, "", put_element, &walk);
    (void)fputc('\n', paint->out);
}

static void put_member(void *context, struct str name, const struct document *value)
{
    struct walk *walk = context;

    walk->position++;
    put_name(walk, name);
    if (document_kind(value, "") == DOCUMENT_SCALAR) {
        (void)fputs(": ", walk->paint->out);
        put_scalar(walk->paint, value);
        (void)fputc('\n', walk->paint->out);
    } else if (is_set(value)) {
        (void)fputs(": ", walk->paint->out);
        put_set(walk->paint, value);
    } else {
        (void)fputs(document_count(value, "") ? "\n" : ": (empty)\n", walk->paint->out);
        tree_print(walk->paint, value, walk->indent + 2);
    }
}

void tree_print(const struct paint *paint, const struct document *value, int indent)
{
    struct walk walk = {paint, indent, 0};

    document_each(value, "", put_member, &walk);
}

static void put_short(void *context, struct str name, const struct document *value)
{
    struct walk *walk = context;

    if (walk->position++ > 0)
        (void)fputs(", ", walk->paint->out);
    if (name.len) {
        paint_text(walk->paint, PAINT_PLAIN, name);
        (void)fputc('=', walk->paint->out);
    }
    tree_print_short(walk->paint, value);
}

void tree_print_short(const struct paint *paint, const struct document *value)
{
    struct walk walk = {paint, 0, 0};

    if (document_kind(value, "") == DOCUMENT_SCALAR)
        put_scalar(paint, value);
    else if (document_count(value, "") == 0)
        (void)fputs("(empty)", paint->out);
    else
        document_each(value, "", put_short, &walk);
}
