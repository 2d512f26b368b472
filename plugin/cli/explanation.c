#include "cli/explanation.h"

#include "cli/tree.h"

enum { ID_COLUMNS = 30, LINE_COLUMNS = 100 };

static void put(const struct paint *paint, const char *text)
{
    (void)fputs(text, paint->out);
}

void explanation_title(const struct paint *paint, bool allow, struct str action, struct str method,
                       struct str uri)
{
    paint_text(paint, allow ? PAINT_GREEN : PAINT_RED, allow ? STR("allowed") : STR("denied"));
    put(paint, ": ");
    paint_text(paint, PAINT_BOLD, action.len ? action : STR("a call that cannot be told"));
    put(paint, " ");
    paint_text(paint, PAINT_PLAIN, method);
    put(paint, " ");
    paint_text(paint, PAINT_PLAIN, uri);
    put(paint, "\n");
}

static void put_profile(void *context, struct str name, const struct document *profile)
{
    const struct paint *paint = context;

    (void)name;
    put(paint, "  ");
    paint_text(paint, PAINT_PLAIN, document_text(profile, "id"));
    put(paint, " (");
    paint_text(paint, PAINT_PLAIN, document_text(profile, "file"));
    put(paint, ")\n");
}

static void put_profiles(const struct paint *paint, const struct document *explanation)
{
    if (document_count(explanation, "profiles") == 0)
        return;
    put(paint, "\nprofile, and what it extends\n");
    document_each(explanation, "profiles", put_profile, str_unconst(paint));
    put(paint, "  what no rule has an opinion of: ");
    paint_text(paint, PAINT_PLAIN, document_text(explanation, "default"));
    if (str_eq(document_text(explanation, "default_mode"), STR("audit")))
        put(paint, " (only written down: mode audit)");
    put(paint, "\n");
}

static void put_finding(void *context, struct str name, const struct document *finding)
{
    const struct paint *paint = context;
    struct str field = document_text(finding, "field");
    struct str fix = document_text(finding, "fix");

    (void)name;
    put(paint, "      ");
    paint_text(paint, PAINT_PLAIN, document_text(finding, "msg"));
    if (field.len) {
        put(paint, " (");
        paint_text(paint, PAINT_PLAIN, field);
        put(paint, ")");
    }
    if (fix.len) {
        put(paint, "\n      fix: ");
        paint_text(paint, PAINT_PLAIN, fix);
    }
    put(paint, "\n");
}

static void put_parameter(void *context, struct str name, const struct document *parameter)
{
    const struct paint *paint = context;

    put(paint, "      ");
    paint_text(paint, PAINT_DIM, name);
    put(paint, " = ");
    tree_print_short(paint, document_at(parameter, "value"));
    put(paint, "  [");
    paint_text(paint, PAINT_PLAIN, document_text(parameter, "from"));
    put(paint, "]\n");
}

/* Of rules that said nothing, defaults would hide the few that somebody chose. */
static void put_chosen(void *context, struct str name, const struct document *parameter)
{
    if (!str_eq(document_text(parameter, "from"), STR("default")))
        put_parameter(context, name, parameter);
}

/* Which rules a walk over them is about. */
enum group {
    GROUP_SPEAKING, /* that said something */
    GROUP_SILENT,   /* that were asked and said nothing */
    GROUP_OTHER,    /* that are only named */
};

struct rules {
    const struct paint *paint;
    enum group group;
    const char *said; /* GROUP_OTHER: what they have in common */
    size_t column;    /* GROUP_OTHER: of the line; 0 before the first */
};

static const char *const others[] = {"not for this action", "not asked", "off"};

static enum group group_of(struct str said)
{
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (str_eq(said, str_from(others[i])))
            return GROUP_OTHER;
    return str_eq(said, STR("nothing")) ? GROUP_SILENT : GROUP_SPEAKING;
}

static enum paint_colour colour_of(struct str said)
{
    if (str_eq(said, STR("denied")) || str_eq(said, STR("failed")))
        return PAINT_RED;
    if (str_eq(said, STR("allowed")))
        return PAINT_GREEN;
    return str_eq(said, STR("nothing")) ? PAINT_PLAIN : PAINT_YELLOW;
}

static void put_rule(const struct paint *paint, const struct document *rule)
{
    struct str id = document_text(rule, "id");
    struct str said = document_text(rule, "said");
    struct str file = document_text(rule, "file");

    put(paint, "  ");
    paint_text(paint, PAINT_BOLD, id);
    (void)fprintf(paint->out, "%*s", id.len < ID_COLUMNS ? (int)(ID_COLUMNS - id.len) : 1, "");
    paint_text(paint, colour_of(said), said);
    if (str_eq(document_text(rule, "mode"), STR("audit")))
        put(paint, "  (mode audit)");
    if (file.len && group_of(said) == GROUP_SPEAKING) {
        put(paint, "  ");
        paint_text(paint, PAINT_DIM, file);
    }
    put(paint, "\n");
    document_each(rule, "findings", put_finding, str_unconst(paint));
    document_each(rule, "params", group_of(said) == GROUP_SILENT ? put_chosen : put_parameter,
                  str_unconst(paint));
}

/* The ids follow each other in lines of readable length. */
static void name_rule(struct rules *rules, struct str id)
{
    const struct paint *paint = rules->paint;

    if (rules->column == 0) {
        rules->column = (size_t)fprintf(paint->out, "  %s:", rules->said);
    } else {
        put(paint, ",");
        rules->column++;
    }
    if (rules->column + id.len + 1 > LINE_COLUMNS) {
        put(paint, "\n   ");
        rules->column = 3;
    }
    put(paint, " ");
    paint_text(paint, PAINT_PLAIN, id);
    rules->column += id.len + 1;
}

static void take_rule(void *context, struct str name, const struct document *rule)
{
    struct rules *rules = context;
    struct str said = document_text(rule, "said");

    (void)name;
    if (group_of(said) != rules->group)
        return;
    if (rules->group != GROUP_OTHER)
        put_rule(rules->paint, rule);
    else if (str_eq(said, str_from(rules->said)))
        name_rule(rules, document_text(rule, "id"));
}

static void put_rules(const struct paint *paint, const struct document *explanation)
{
    struct rules rules = {.paint = paint, .group = GROUP_SPEAKING};

    if (document_count(explanation, "rules") == 0)
        return;
    put(paint, "\nwhat was said\n");
    document_each(explanation, "rules", take_rule, &rules);
    rules.group = GROUP_SILENT;
    document_each(explanation, "rules", take_rule, &rules);
    rules.group = GROUP_OTHER;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        rules.said = others[i];
        rules.column = 0;
        document_each(explanation, "rules", take_rule, &rules);
        if (rules.column > 0)
            put(paint, "\n");
    }
}

/* What the caller is told, where no finding says it. */
static void put_message(const struct paint *paint, const struct document *explanation)
{
    struct str msg = document_text(explanation, "msg");

    if (msg.len == 0 || document_count(explanation, "rules") > 0)
        return;
    put(paint, "  ");
    paint_text(paint, PAINT_PLAIN, msg);
    put(paint, "\n");
}

static void put_request(const struct paint *paint, const struct document *explanation)
{
    bool is_read = document_count(explanation, "request") > 0;

    if (is_read) {
        put(paint, "\nwhat the request means to the engine (***: not shown)\n");
        tree_print(paint, document_at(explanation, "request"), 2);
    } else if (document_count(explanation, "call") > 0) {
        put(paint, "\nwhat was read of the request\n");
        tree_print(paint, document_at(explanation, "call"), 2);
    }
}

void explanation_print(const struct paint *paint, const struct document *explanation)
{
    explanation_title(
        paint, document_truth(explanation, "allow"), document_text(explanation, "action"),
        document_text(explanation, "call.method"), document_text(explanation, "call.uri"));
    put_message(paint, explanation);
    put_rules(paint, explanation);
    put_profiles(paint, explanation);
    put_request(paint, explanation);
}
