#include "docker/namespace_mode.h"
#include "docker/number.h"
#include "docker/reader.h"
#include "docker/schema_parts.h"
#include "docker/view_limits.h"
#include "docker/view_namespaces.h"
#include "docker/view_parts.h"
#include "docker/view_security.h"
#include "docker/view_topics.h"

enum build_field {
    BUILD_ARGS,
    BUILD_BUILDKIT,
    BUILD_CACHE_FROM,
    BUILD_CGROUP_PARENT,
    BUILD_CONTEXT,
    BUILD_DOCKERFILE,
    BUILD_EXTRA_HOSTS,
    BUILD_LABELS,
    BUILD_LIMITS,
    BUILD_NETWORK,
    BUILD_NO_CACHE,
    BUILD_OUTPUTS,
    BUILD_PLATFORM,
    BUILD_PULL,
    BUILD_REMOTE,
    BUILD_SECURITY,
    BUILD_SESSION,
    BUILD_SQUASH,
    BUILD_TAGS,
    BUILD_TARGET,
    BUILD_UNREADABLE,
    BUILD_VERSION,
};

static const struct member build_shape[] = {
    [BUILD_ARGS] = VIEW_FIELD("args", NODE_MAP),
    [BUILD_BUILDKIT] = VIEW_FIELD("buildkit", NODE_BOOL),
    [BUILD_CACHE_FROM] = VIEW_FIELD("cache_from", NODE_LIST),
    [BUILD_CGROUP_PARENT] = VIEW_FIELD("cgroup_parent", NODE_NULL),
    [BUILD_CONTEXT] = VIEW_FIELD("context", NODE_NULL),
    [BUILD_DOCKERFILE] = VIEW_FIELD("dockerfile", NODE_NULL),
    [BUILD_EXTRA_HOSTS] = VIEW_FIELD("extra_hosts", NODE_LIST),
    [BUILD_LABELS] = VIEW_FIELD("labels", NODE_MAP),
    [BUILD_LIMITS] = VIEW_FIELD("limits", NODE_NULL),
    [BUILD_NETWORK] = VIEW_FIELD("network", NODE_NULL),
    [BUILD_NO_CACHE] = VIEW_FIELD("no_cache", NODE_BOOL),
    [BUILD_OUTPUTS] = VIEW_FIELD("outputs", NODE_LIST),
    [BUILD_PLATFORM] = VIEW_FIELD("platform", NODE_NULL),
    [BUILD_PULL] = VIEW_FIELD("pull", NODE_BOOL),
    [BUILD_REMOTE] = VIEW_FIELD("remote", NODE_NULL),
    [BUILD_SECURITY] = VIEW_FIELD("security", NODE_NULL),
    [BUILD_SESSION] = VIEW_FIELD("session", NODE_NULL),
    [BUILD_SQUASH] = VIEW_FIELD("squash", NODE_BOOL),
    [BUILD_TAGS] = VIEW_FIELD("tags", NODE_LIST),
    [BUILD_TARGET] = VIEW_FIELD("target", NODE_NULL),
    [BUILD_UNREADABLE] = VIEW_FIELD("unreadable", NODE_LIST),
    [BUILD_VERSION] = VIEW_FIELD("version", NODE_NULL),
};

/* types.ImageBuildOutput (API 1.40). */
static const struct field output_fields[] = {
    FIELD("Type", schema_string),
    FIELD("Attrs", schema_string_map),
};
static const struct type output_type = STRUCT_OF(output_fields);
static const struct type outputs_type = LIST_OF(output_type);

static struct str param(const struct view *view, struct str name)
{
    return query_first(&view->request->line.query, name);
}

/* A number as the engine reads it here: what is none counts as 0. */
static int64_t number_param(const struct view *view, struct str name)
{
    int64_t value;

    return number_signed(param(view, name), &value) ? value : 0;
}

/* A parameter that holds JSON; NULL type when it is empty or cannot be read. The latter is noted:
 * the engine refuses it too, or takes it in a way that is not seen here. */
static struct node json_param(struct view *view, struct str name, const struct type *type,
                              struct node *unreadable)
{
    struct reader_result result;
    struct refusal refusal;
    struct str text = param(view, name);

    if (text.len == 0)
        return view_nil();
    if (reader_read(type, text, READER_STRICT, view->arena, &result, &refusal) == 0)
        return result.value;
    unreadable->list.items[unreadable->list.count++] = view_string(name);
    return view_nil();
}

enum { OUTPUT_ATTRIBUTES, OUTPUT_TYPE };

static const struct member output_shape[] = {
    [OUTPUT_ATTRIBUTES] = VIEW_FIELD("attributes", NODE_MAP),
    [OUTPUT_TYPE] = VIEW_FIELD("type", NODE_NULL),
};

static void list_outputs(struct view *view, const struct node *outputs, struct node *ret)
{
    size_t count = node_count(outputs);
    struct node *item = count ? view_list(view, count, ret) : NULL;

    for (size_t i = 0; item && i < count; i++, item++) {
        const struct node *input = node_item(outputs, i);
        struct member *output = VIEW_STRUCT(view, output_shape, item);

        output[OUTPUT_ATTRIBUTES].value = view_share_map(node_get(input, STR("Attrs")));
        output[OUTPUT_TYPE].value = view_string(node_string(node_get(input, STR("Type"))));
    }
}

static void fill_json(struct view *view, struct member *build)
{
    enum { JSON_PARAMS = 5 };
    struct node *unreadable = &build[BUILD_UNREADABLE].value;
    struct view_limits_build limits = {
        .cpu_shares = number_param(view, STR("cpushares")),
        .cpu_period = number_param(view, STR("cpuperiod")),
        .cpu_quota = number_param(view, STR("cpuquota")),
        .memory = number_param(view, STR("memory")),
        .swap = number_param(view, STR("memswap")),
        .shm = number_param(view, STR("shmsize")),
        .cpuset = param(view, STR("cpusetcpus")),
    };
    struct node args, cache, labels, outputs, ulimits;

    if (!view_list(view, JSON_PARAMS, unreadable))
        return;
    unreadable->list.count = 0;
    args = json_param(view, STR("buildargs"), &schema_string_map, unreadable);
    cache = json_param(view, STR("cachefrom"), &schema_strings, unreadable);
    labels = json_param(view, STR("labels"), &schema_string_map, unreadable);
    outputs = json_param(view, STR("outputs"), &outputs_type, unreadable);
    ulimits = json_param(view, STR("ulimits"), &schema_ulimits, unreadable);
    build[BUILD_ARGS].value = view_share_map(&args);
    build[BUILD_CACHE_FROM].value = view_share_list(&cache);
    build[BUILD_LABELS].value = view_share_map(&labels);
    list_outputs(view, &outputs, &build[BUILD_OUTPUTS].value);
    limits.ulimits = &ulimits;
    view_limits_build(view, &limits, &build[BUILD_LIMITS].value);
}

static void list_tags(struct view *view, struct node *ret)
{
    const struct query *query = &view->request->line.query;
    size_t count = query_count(query, STR("t"));
    struct node *item = count ? view_list(view, count, ret) : NULL;
    struct str text;

    for (size_t at = 0; item && query_next(query, STR("t"), &at, &text); item++)
        view_parts_image(view, text, STR("t"), item);
}

/* Where the files to build from come from. */
static struct str context_of(struct str remote)
{
    if (remote.len == 0)
        return STR("body");
    return str_eq(remote, STR("client-session")) ? STR("session") : STR("remote");
}

static void fill_source(struct view *view, struct member *build)
{
    struct str remote = param(view, STR("remote"));
    struct str version = param(view, STR("version"));

    build[BUILD_BUILDKIT].value = view_bool(str_eq(version, STR("2")));
    build[BUILD_CONTEXT].value = view_string(context_of(remote));
    build[BUILD_DOCKERFILE].value = view_text(param(view, STR("dockerfile")));
    build[BUILD_REMOTE].value = view_text(remote);
    build[BUILD_SESSION].value = view_text(param(view, STR("session")));
    build[BUILD_TARGET].value = view_text(param(view, STR("target")));
    build[BUILD_VERSION].value = view_string(version.len ? version : STR("1"));
}

void view_build_run(struct view *view, struct node *ret)
{
    const struct query *query = &view->request->line.query;
    struct member *build = VIEW_STRUCT(view, build_shape, ret);
    struct node options = {.type = NODE_LIST};

    fill_source(view, build);
    fill_json(view, build);
    list_tags(view, &build[BUILD_TAGS].value);
    build[BUILD_CGROUP_PARENT].value = view_text(param(view, STR("cgroupparent")));
    view_parts_values(view, STR("extrahosts"), &build[BUILD_EXTRA_HOSTS].value);
    view_namespaces_one(view, NAMESPACE_OF_NETWORK, param(view, STR("networkmode")),
                        STR("networkmode"), &build[BUILD_NETWORK].value);
    build[BUILD_NO_CACHE].value = view_bool(query_bool(query, STR("nocache")));
    build[BUILD_PLATFORM].value = view_text(param(view, STR("platform")));
    build[BUILD_PULL].value = view_bool(query_bool(query, STR("pull")));
    build[BUILD_SQUASH].value = view_bool(query_bool(query, STR("squash")));
    view_parts_values(view, STR("securityopt"), &options);
    view_security_build(view, &options, &build[BUILD_SECURITY].value);
}
