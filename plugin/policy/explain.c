#include "policy/explain.h"

#include <stdio.h>

#include "docker/node_json.h"
#include "policy/locate.h"
#include "policy/message.h"
#include "policy/set_parts.h"

enum { PATH_MAX_BYTES = 512 };

struct explaining {
    const struct policy_set *set;
    const struct request *request;
    const struct verdict *verdict;
    bool was_asked;
    struct buffer *out;
    const char *separator; /* before the next rule */
};

static void put_member(struct buffer *out, const char *separator, const char *key, struct str value)
{
    (void)buffer_printf(out, "%s\"%s\":", separator, key);
    (void)buffer_json(out, value);
}

void explain_profiles(const struct policy_set *set, const struct request *request,
                      struct buffer *out)
{
    enum action_class class = action_info(request->route->action)->class;
    enum fallback fallback = request->route == &route_unknown
                                 ? set->fallback.unknown
                                 : profile_default_of(&set->fallback, class);

    (void)buffer_str(out, STR("\"profiles\":["));
    for (size_t i = 0; i < set->chain->count; i++) {
        const struct profile *profile = &set->chain->profiles[i];

        put_member(out, i > 0 ? ",{" : "{", "id", profile->id);
        put_member(out, ",", "file", profile->source->name);
        (void)buffer_str(out, STR("}"));
    }
    (void)buffer_str(out, STR("]"));
    put_member(out, ",", "default", fallback == FALLBACK_ALLOW ? STR("allow") : STR("deny"));
    put_member(out, ",", "default_mode", mode_name(set->fallback_mode));
}

/* Of one rule's findings the one that weighs most says what the rule said. */
enum said {
    SAID_NOTHING,
    SAID_NOTED,
    SAID_ALLOWED,
    SAID_EXCEPTED,
    SAID_WOULD_DENY,
    SAID_DENIED,
    SAID_FAILED,
};

static const char *const said_words[] = {
    [SAID_NOTHING] = "nothing",   [SAID_NOTED] = "noted",           [SAID_ALLOWED] = "allowed",
    [SAID_EXCEPTED] = "excepted", [SAID_WOULD_DENY] = "would deny", [SAID_DENIED] = "denied",
    [SAID_FAILED] = "failed",
};

static bool is_failure(const struct verdict *verdict, const struct finding *finding)
{
    return str_eq(verdict->reason, STR("policy-error")) && message_names_place(finding->msg);
}

static enum said said_of(const struct verdict *verdict, const struct finding *finding)
{
    if (str_eq(finding->effect, STR("allow")))
        return SAID_ALLOWED;
    if (str_eq(finding->effect, STR("audit")))
        return SAID_NOTED;
    if (str_eq(finding->mode, STR("excepted")))
        return SAID_EXCEPTED;
    if (str_eq(finding->mode, STR("audit")))
        return SAID_WOULD_DENY;
    return is_failure(verdict, finding) ? SAID_FAILED : SAID_DENIED;
}

static enum said said_by(const struct verdict *verdict, struct str rule)
{
    enum said most = SAID_NOTHING;

    for (size_t i = 0; i < verdict->count; i++) {
        enum said said = said_of(verdict, &verdict->findings[i]);

        if (str_eq(verdict->findings[i].rule, rule) && said > most)
            most = said;
    }
    return most;
}

static void put_finding(struct buffer *out, const char *separator, const struct finding *finding)
{
    put_member(out, separator, "effect", finding->effect);
    put_member(out, ",", "mode", finding->mode);
    put_member(out, ",", "msg", finding->msg);
    put_member(out, ",", "field", finding->field);
    put_member(out, ",", "fix", finding->fix);
    (void)buffer_str(out, STR("}"));
}

static void put_findings(const struct explaining *now, struct str rule)
{
    const char *separator = ",\"findings\":[{";

    for (size_t i = 0; i < now->verdict->count; i++) {
        if (!str_eq(now->verdict->findings[i].rule, rule))
            continue;
        put_finding(now->out, separator, &now->verdict->findings[i]);
        separator = ",{";
    }
    if (separator[1] == '{')
        (void)buffer_str(now->out, STR("]"));
}

static const struct node *node_at(const struct node *from, struct str path)
{
    while (from && path.len) {
        struct str key = str_take(path, str_find(path, '.'));

        from = node_get(from, key);
        path = str_skip(path, key.len + 1);
    }
    return from;
}

/* The nearest profile that names the parameter is where its value is from. */
static void put_origin(const struct explaining *now, const struct rule *rule, struct str path)
{
    for (size_t i = 0; i < now->set->chain->count; i++) {
        const struct profile *profile = &now->set->chain->profiles[i];
        const struct profile_entry *entry = profile_entry(profile, rule->id);
        char place[PATH_MAX_BYTES];

        if (!entry || !node_at(&entry->params, path))
            continue;
        (void)snprintf(place, sizeof place, "%.*s:%d", STR_FMT(profile->source->name),
                       locate_path(profile->source->content, entry->line, path));
        put_member(now->out, ",", "from", str_from(place));
        return;
    }
    put_member(now->out, ",", "from", STR("default"));
}

/* The parameters of a group, those of its groups by their paths: "memory.max". */
static void put_group(const struct explaining *now, const struct rule *rule,
                      const struct param_spec *group, const struct node *values, struct str above,
                      const char **separator)
{
    for (size_t i = 0; i < group->count; i++) {
        const struct param_spec *field = &group->fields[i];
        const struct node *value = node_get(values, field->name);
        char text[PATH_MAX_BYTES];
        struct str path = {text, 0};

        (void)snprintf(text, sizeof text, "%.*s%s%.*s", STR_FMT(above), above.len ? "." : "",
                       STR_FMT(field->name));
        path.len = strlen(text);
        if (field->kind == PARAM_GROUP) {
            put_group(now, rule, field, value, path, separator);
        } else if (value) {
            (void)buffer_str(now->out, str_from(*separator));
            (void)buffer_json(now->out, path);
            (void)buffer_str(now->out, STR(":{\"value\":"));
            node_json(value, NODE_JSON_SAID, now->out);
            put_origin(now, rule, path);
            (void)buffer_str(now->out, STR("}"));
            *separator = ",";
        }
    }
}

static void put_params(const struct explaining *now, const struct rule *rule)
{
    const char *separator = ",\"params\":{";

    put_group(now, rule, &rule->params, &rule->parameters, STR(""), &separator);
    if (separator[1] == '\0')
        (void)buffer_str(now->out, STR("}"));
}

static void begin_rule(struct explaining *now, struct str id, const char *said)
{
    (void)buffer_str(now->out, str_from(now->separator));
    put_member(now->out, "{", "id", id);
    put_member(now->out, ",", "said", str_from(said));
    now->separator = ",";
}

static const char *words_for(const struct explaining *now, const struct rule *rule)
{
    enum said said = said_by(now->verdict, rule->id);

    if (!now->was_asked)
        return "not asked";
    if (!rule->actions[now->request->route->action])
        return "not for this action";
    if (said == SAID_NOTHING && now->verdict->count == VERDICT_FINDINGS_MAX)
        return "unknown"; /* what it said may be among that for which there was no room */
    return said_words[said];
}

static void put_rule(struct explaining *now, const struct rule *rule)
{
    begin_rule(now, rule->id, words_for(now, rule));
    put_member(now->out, ",", "mode", mode_name(rule->mode));
    put_member(now->out, ",", "file", rule->source->name);
    put_findings(now, rule->id);
    put_params(now, rule);
    (void)buffer_str(now->out, STR("}"));
}

static const struct rule *find_rule(const struct policy_set *set, struct str id)
{
    for (size_t i = 0; set && i < set->count; i++)
        if (str_eq(set->rules[i].id, id))
            return &set->rules[i];
    return NULL;
}

static bool stands_before(const struct verdict *verdict, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (str_eq(verdict->findings[i].rule, verdict->findings[index].rule))
            return true;
    return false;
}

static void put_own(struct explaining *now)
{
    for (size_t i = 0; i < now->verdict->count; i++) {
        struct str id = now->verdict->findings[i].rule;

        if (find_rule(now->set, id) || stands_before(now->verdict, i))
            continue;
        begin_rule(now, id, said_words[said_by(now->verdict, id)]);
        put_findings(now, id);
        (void)buffer_str(now->out, STR("}"));
    }
}

/* Whether a profile nearer than the i-th names the rule too, and so has told of it. */
static bool is_named_nearer(const struct profile_chain *chain, size_t i, struct str id)
{
    while (i-- > 0)
        if (profile_entry(&chain->profiles[i], id))
            return true;
    return false;
}

/* Rules that are off are not part of a set; the profiles tell of them. */
static void put_off(struct explaining *now)
{
    const struct profile_chain *chain = now->set->chain;

    for (size_t i = 0; i < chain->count; i++) {
        const struct profile *profile = &chain->profiles[i];

        for (size_t j = 0; j < profile->count; j++) {
            const struct profile_entry *entry = &profile->entries[j];

            if (profile_chain_mode(chain, entry->id) != MODE_OFF ||
                is_named_nearer(chain, i, entry->id))
                continue;
            begin_rule(now, entry->id, "off");
            (void)buffer_str(now->out, STR("}"));
        }
    }
}

void explain_rules(const struct policy_set *set, const struct request *request, bool was_asked,
                   const struct verdict *verdict, struct buffer *out)
{
    struct explaining now = {set, request, verdict, was_asked, out, ""};

    (void)buffer_str(out, STR("\"rules\":["));
    put_own(&now);
    for (size_t i = 0; set && i < set->count; i++)
        put_rule(&now, &set->rules[i]);
    if (set)
        put_off(&now);
    (void)buffer_str(out, STR("]"));
}
