#include "docker/view_ports.h"

#include "docker/host_address.h"
#include "docker/port_range.h"

enum {
    PORT_ADDRESS,
    PORT_ANY_ADDRESS,
    PORT_CONTAINER,
    PORT_CONTAINER_TO,
    PORT_FROM,
    PORT_MODE,
    PORT_PROTO,
    PORT_TO,
    PORT_VALID,
    PORT_VIA
};

static const struct member port_shape[] = {
    [PORT_ADDRESS] = VIEW_FIELD("address", NODE_NULL),
    [PORT_ANY_ADDRESS] = VIEW_FIELD("any_address", NODE_BOOL),
    [PORT_CONTAINER] = VIEW_FIELD("container", NODE_NULL),
    [PORT_CONTAINER_TO] = VIEW_FIELD("container_to", NODE_NULL),
    [PORT_FROM] = VIEW_FIELD("from", NODE_NULL),
    [PORT_MODE] = VIEW_FIELD("mode", NODE_NULL),
    [PORT_PROTO] = VIEW_FIELD("proto", NODE_NULL),
    [PORT_TO] = VIEW_FIELD("to", NODE_NULL),
    [PORT_VALID] = VIEW_FIELD("valid", NODE_BOOL),
    [PORT_VIA] = VIEW_FIELD("via", NODE_NULL),
};

static void set_range(struct member *port, size_t from, struct port_range range)
{
    size_t to = from == PORT_FROM ? PORT_TO : PORT_CONTAINER_TO;

    port[from].value = view_int(range.from);
    port[to].value = view_int(range.to);
}

/* binding is NULL for a port whose list of bindings is empty: any free port on any address. */
static void add_binding(struct view *view, struct str key, const struct node *binding,
                        struct str via, struct node *ret)
{
    struct member *port = VIEW_STRUCT(view, port_shape, ret);
    struct str address = node_string(node_get(binding, STR("HostIp")));
    struct port_spec spec = {.range = {0, 0}, .proto = STR("tcp")};
    struct port_range range = {0, 0};
    bool valid = port_range_spec(key, &spec);

    valid = port_range_parse(node_string(node_get(binding, STR("HostPort"))), &range) && valid;
    port[PORT_ADDRESS].value = view_text(address);
    port[PORT_ANY_ADDRESS].value = view_bool(host_address_is_any(address));
    set_range(port, PORT_CONTAINER, spec.range);
    set_range(port, PORT_FROM, range);
    port[PORT_PROTO].value = view_string(spec.proto);
    port[PORT_VALID].value = view_bool(valid);
    port[PORT_VIA].value = view_string(via);
}

void view_ports_create(struct view *view, const struct node *bindings, struct node *ret)
{
    size_t count = 0;
    struct node *item;

    for (size_t i = 0; i < node_count(bindings); i++) {
        size_t some = node_count(&bindings->fields.members[i].value);

        count += some ? some : 1;
    }
    item = count ? view_list(view, count, ret) : NULL;
    for (size_t i = 0; item && i < node_count(bindings); i++) {
        const struct member *entry = &bindings->fields.members[i];
        struct str via = view_join(
            view, view_join(view, STR("HostConfig.PortBindings[\""), entry->key), STR("\"]"));

        if (node_count(&entry->value) == 0)
            add_binding(view, entry->key, NULL, via, item++);
        for (size_t j = 0; j < node_count(&entry->value); j++)
            add_binding(view, entry->key, node_item(&entry->value, j), view_at(view, via, j),
                        item++);
    }
}

/* PublishedPort and TargetPort are 32 bits wide, but ports have 16: what is larger is refused. */
static struct port_range one_port(const struct node *port, bool *valid)
{
    int64_t number = node_int(port);

    if (number < 0 || number > UINT16_MAX) {
        *valid = false;
        number = 0;
    }
    return (struct port_range){(uint16_t)number, (uint16_t)number};
}

void view_ports_service(struct view *view, const struct node *ports, struct node *ret)
{
    size_t count = node_count(ports);
    struct node *item = count ? view_list(view, count, ret) : NULL;

    for (size_t i = 0; item && i < count; i++, item++) {
        const struct node *input = node_item(ports, i);
        struct member *port = VIEW_STRUCT(view, port_shape, item);
        struct str proto = node_string(node_get(input, STR("Protocol")));
        struct str mode = node_string(node_get(input, STR("PublishMode")));
        bool valid = true;

        port[PORT_ANY_ADDRESS].value = view_bool(true);
        set_range(port, PORT_CONTAINER, one_port(node_get(input, STR("TargetPort")), &valid));
        set_range(port, PORT_FROM, one_port(node_get(input, STR("PublishedPort")), &valid));
        port[PORT_MODE].value = view_string(mode.len ? mode : STR("ingress"));
        port[PORT_PROTO].value = view_string(proto.len ? proto : STR("tcp"));
        port[PORT_VALID].value = view_bool(valid);
        port[PORT_VIA].value = view_string(view_at(view, STR("EndpointSpec.Ports"), i));
    }
}
