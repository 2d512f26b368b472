#include "docker/reader.h"
#include "docker/view_topics.h"

/* {"a": true} or ["a"]: both spell a list of values. */
static void list_values(struct view *view, const struct node *values, struct node *ret)
{
    size_t count = values->type == NODE_STRING ? 0 : node_count(values);
    struct node *item = view_list(view, count, ret);

    for (size_t i = 0; item && i < count; i++)
        item[i] = view_string(values->type == NODE_LIST ? node_string(node_item(values, i))
                                                        : values->fields.members[i].key);
}

/* Source: moby api/types/filters/parse.go, FromJSON: map[string]map[string]bool, or the older
 * map[string][]string. */
void view_filters(struct view *view, struct node *ret)
{
    struct str text = query_first(&view->request->line.query, STR("filters"));
    struct reader_result result;
    struct refusal refusal;
    struct member *member;
    size_t count;

    if (text.len == 0)
        return;
    *ret = view_nil();
    if (reader_read(&schema_any, text, READER_STRICT, view->arena, &result, &refusal) < 0 ||
        result.value.type != NODE_MAP)
        return;
    count = result.value.fields.count;
    member = view_map(view, count, ret);
    for (size_t i = 0; member && i < count; i++, member++) {
        member->key = result.value.fields.members[i].key;
        list_values(view, &result.value.fields.members[i].value, &member->value);
    }
}
