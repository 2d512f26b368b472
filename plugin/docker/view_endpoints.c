#include "docker/view_endpoints.h"

#include "docker/namespace_mode.h"

enum {
    ENDPOINT_ALIASES,
    ENDPOINT_DRIVER_OPTIONS,
    ENDPOINT_IPV4,
    ENDPOINT_IPV6,
    ENDPOINT_KIND,
    ENDPOINT_LINKS,
    ENDPOINT_MAC,
    ENDPOINT_RAW,
    ENDPOINT_REF,
    ENDPOINT_VIA
};

static const struct member endpoint_shape[] = {
    [ENDPOINT_ALIASES] = VIEW_FIELD("aliases", NODE_LIST),
    [ENDPOINT_DRIVER_OPTIONS] = VIEW_FIELD("driver_options", NODE_MAP),
    [ENDPOINT_IPV4] = VIEW_FIELD("ipv4", NODE_NULL),
    [ENDPOINT_IPV6] = VIEW_FIELD("ipv6", NODE_NULL),
    [ENDPOINT_KIND] = VIEW_FIELD("kind", NODE_NULL),
    [ENDPOINT_LINKS] = VIEW_FIELD("links", NODE_LIST),
    [ENDPOINT_MAC] = VIEW_FIELD("mac", NODE_NULL),
    [ENDPOINT_RAW] = VIEW_FIELD("raw", NODE_NULL),
    [ENDPOINT_REF] = VIEW_FIELD("ref", NODE_NULL),
    [ENDPOINT_VIA] = VIEW_FIELD("via", NODE_NULL),
};

static void set_settings(struct member *endpoint, const struct node *settings)
{
    const struct node *ipam = node_get(settings, STR("IPAMConfig"));

    endpoint[ENDPOINT_ALIASES].value = view_share_list(node_get(settings, STR("Aliases")));
    endpoint[ENDPOINT_DRIVER_OPTIONS].value = view_share_map(node_get(settings, STR("DriverOpts")));
    endpoint[ENDPOINT_IPV4].value = view_text(node_string(node_get(ipam, STR("IPv4Address"))));
    endpoint[ENDPOINT_IPV6].value = view_text(node_string(node_get(ipam, STR("IPv6Address"))));
    endpoint[ENDPOINT_LINKS].value = view_share_list(node_get(settings, STR("Links")));
    endpoint[ENDPOINT_MAC].value = view_text(node_string(node_get(settings, STR("MacAddress"))));
}

void view_endpoints_one(struct view *view, struct str name, const struct node *settings,
                        struct str via, struct node *ret)
{
    struct namespace_mode mode = namespace_mode_parse(NAMESPACE_OF_NETWORK, name);
    struct member *endpoint = VIEW_STRUCT(view, endpoint_shape, ret);

    endpoint[ENDPOINT_KIND].value = view_string(namespace_mode_name(mode.kind));
    endpoint[ENDPOINT_RAW].value = view_string(name);
    endpoint[ENDPOINT_REF].value = view_text(mode.ref);
    endpoint[ENDPOINT_VIA].value = view_string(via);
    if (settings)
        set_settings(endpoint, settings);
}

void view_endpoints_create(struct view *view, const struct node *networking, struct node *ret)
{
    const struct node *config = node_get(networking, STR("EndpointsConfig"));
    size_t count = node_count(config);
    struct member *member = count ? view_map(view, count, ret) : NULL;
    struct str via;

    for (size_t i = 0; member && i < count; i++, member++) {
        member->key = config->fields.members[i].key;
        via = view_join(view, STR("NetworkingConfig.EndpointsConfig[\""), member->key);
        via = view_join(view, via, STR("\"]"));
        view_endpoints_one(view, member->key, &config->fields.members[i].value, via,
                           &member->value);
    }
}

static struct member *add_attachments(struct view *view, const struct node *list, struct str via,
                                      struct member *member)
{
    for (size_t i = 0; i < node_count(list); i++, member++) {
        const struct node *attachment = node_item(list, i);

        member->key = node_string(node_get(attachment, STR("Target")));
        view_endpoints_one(view, member->key, attachment, view_at(view, via, i), &member->value);
    }
    return member;
}

void view_endpoints_service(struct view *view, const struct node *task_networks,
                            const struct node *service_networks, struct node *ret)
{
    size_t count = node_count(task_networks) + node_count(service_networks);
    struct member *member = count ? view_map(view, count, ret) : NULL;

    if (!member)
        return;
    member = add_attachments(view, task_networks, STR("TaskTemplate.Networks"), member);
    (void)add_attachments(view, service_networks, STR("Networks"), member);
    view_unique(ret);
}
