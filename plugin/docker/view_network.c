#include "docker/namespace_mode.h"
#include "docker/security_option.h"
#include "docker/view_endpoints.h"
#include "docker/view_topics.h"

enum network_field {
    NETWORK_ATTACHABLE,
    NETWORK_CONFIG_FROM,
    NETWORK_CONFIG_ONLY,
    NETWORK_CONTAINER,
    NETWORK_DRIVER,
    NETWORK_ENCRYPTED,
    NETWORK_ENDPOINT,
    NETWORK_FORCE,
    NETWORK_INGRESS,
    NETWORK_INTERNAL,
    NETWORK_IPAM_DRIVER,
    NETWORK_IPV6,
    NETWORK_KIND,
    NETWORK_LABELS,
    NETWORK_NAME,
    NETWORK_OPTIONS,
    NETWORK_SCOPE,
    NETWORK_SUBNETS,
};

static const struct member network_shape[] = {
    [NETWORK_ATTACHABLE] = VIEW_FIELD("attachable", NODE_BOOL),
    [NETWORK_CONFIG_FROM] = VIEW_FIELD("config_from", NODE_NULL),
    [NETWORK_CONFIG_ONLY] = VIEW_FIELD("config_only", NODE_BOOL),
    [NETWORK_CONTAINER] = VIEW_FIELD("container", NODE_NULL),
    [NETWORK_DRIVER] = VIEW_FIELD("driver", NODE_NULL),
    [NETWORK_ENCRYPTED] = VIEW_FIELD("encrypted", NODE_BOOL),
    [NETWORK_ENDPOINT] = VIEW_FIELD("endpoint", NODE_NULL),
    [NETWORK_FORCE] = VIEW_FIELD("force", NODE_BOOL),
    [NETWORK_INGRESS] = VIEW_FIELD("ingress", NODE_BOOL),
    [NETWORK_INTERNAL] = VIEW_FIELD("internal", NODE_BOOL),
    [NETWORK_IPAM_DRIVER] = VIEW_FIELD("ipam_driver", NODE_NULL),
    [NETWORK_IPV6] = VIEW_FIELD("ipv6", NODE_BOOL),
    [NETWORK_KIND] = VIEW_FIELD("kind", NODE_NULL),
    [NETWORK_LABELS] = VIEW_FIELD("labels", NODE_MAP),
    [NETWORK_NAME] = VIEW_FIELD("name", NODE_NULL),
    [NETWORK_OPTIONS] = VIEW_FIELD("options", NODE_MAP),
    [NETWORK_SCOPE] = VIEW_FIELD("scope", NODE_NULL),
    [NETWORK_SUBNETS] = VIEW_FIELD("subnets", NODE_LIST),
};

static struct member *start(struct view *view, struct str name, struct node *ret)
{
    struct namespace_mode mode = namespace_mode_parse(NAMESPACE_OF_NETWORK, name);
    struct member *network = VIEW_STRUCT(view, network_shape, ret);

    network[NETWORK_KIND].value = view_string(namespace_mode_name(mode.kind));
    network[NETWORK_NAME].value = view_string(name);
    return network;
}

/* The overlay driver of newer engines reads the option's value as a boolean, "" as true; older ones
 * only look whether it is there. */
static bool is_encrypted(const struct node *options)
{
    const struct node *option = node_get(options, STR("encrypted"));
    struct str value = node_string(option);

    return option && (value.len == 0 || security_option_bool(value) == SECURITY_OPTION_TRUE);
}

static void list_subnets(struct view *view, const struct node *pools, struct node *ret)
{
    size_t count = node_count(pools);
    struct node *item = count ? view_list(view, count, ret) : NULL;

    for (size_t i = 0; item && i < count; i++)
        item[i] = view_string(node_string(node_get(node_item(pools, i), STR("Subnet"))));
}

void view_network_create(struct view *view, struct node *ret)
{
    const struct node *body = &view->request->body;
    const struct node *ipam = node_get(body, STR("IPAM"));
    const struct node *options = node_get(body, STR("Options"));
    const struct node *from = node_get(node_get(body, STR("ConfigFrom")), STR("Network"));
    const struct {
        enum network_field field;
        struct str key;
    } flags[] = {{NETWORK_ATTACHABLE, STR("Attachable")},
                 {NETWORK_CONFIG_ONLY, STR("ConfigOnly")},
                 {NETWORK_INGRESS, STR("Ingress")},
                 {NETWORK_INTERNAL, STR("Internal")},
                 {NETWORK_IPV6, STR("EnableIPv6")}};
    struct member *network = start(view, node_string(node_get(body, STR("Name"))), ret);

    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        network[flags[i].field].value = view_bool(node_bool(node_get(body, flags[i].key)));
    network[NETWORK_CONFIG_FROM].value = view_text(node_string(from));
    network[NETWORK_DRIVER].value = view_text(node_string(node_get(body, STR("Driver"))));
    network[NETWORK_ENCRYPTED].value = view_bool(is_encrypted(options));
    network[NETWORK_IPAM_DRIVER].value = view_text(node_string(node_get(ipam, STR("Driver"))));
    network[NETWORK_LABELS].value = view_share_map(node_get(body, STR("Labels")));
    network[NETWORK_OPTIONS].value = view_share_map(options);
    network[NETWORK_SCOPE].value = view_text(node_string(node_get(body, STR("Scope"))));
    list_subnets(view, node_get(ipam, STR("Config")), &network[NETWORK_SUBNETS].value);
}

void view_network_attach(struct view *view, struct node *ret)
{
    const struct node *body = &view->request->body;
    struct str name = view->request->target;
    struct member *network = start(view, name, ret);

    network[NETWORK_CONTAINER].value = view_text(node_string(node_get(body, STR("Container"))));
    network[NETWORK_FORCE].value = view_bool(node_bool(node_get(body, STR("Force"))));
    view_endpoints_one(view, name, node_get(body, STR("EndpointConfig")), STR("EndpointConfig"),
                       &network[NETWORK_ENDPOINT].value);
}
