#include "docker/schema_parts.h"

/* Addresses are strings until 28 and parsed ones from 29 on, which are written the same. */

static const struct field endpoint_ipam[] = {
    FIELD("IPv4Address", schema_string),
    FIELD("IPv6Address", schema_string),
    FIELD("LinkLocalIPs", schema_strings),
};
static const struct type endpoint_ipam_type = STRUCT_OF(endpoint_ipam);
static const struct type endpoint_ipam_pointer = POINTER_TO(endpoint_ipam_type);

/* network.EndpointSettings. DriverOpts: API 1.32; DNSNames: 1.44; GwPriority: 1.48. */
static const struct field endpoint[] = {
    FIELD("IPAMConfig", endpoint_ipam_pointer),
    FIELD("Links", schema_strings),
    FIELD("Aliases", schema_strings),
    FIELD("DriverOpts", schema_string_map),
    FIELD("GwPriority", schema_int),
    FIELD("NetworkID", schema_string),
    FIELD("EndpointID", schema_string),
    FIELD("Gateway", schema_string),
    FIELD("IPAddress", schema_string),
    FIELD("MacAddress", schema_string),
    FIELD("IPPrefixLen", schema_int),
    FIELD("IPv6Gateway", schema_string),
    FIELD("GlobalIPv6Address", schema_string),
    FIELD("GlobalIPv6PrefixLen", schema_int),
    FIELD("DNSNames", schema_strings),
};
const struct type schema_endpoint = STRUCT_OF(endpoint);
static const struct type endpoint_pointer = POINTER_TO(schema_endpoint);
static const struct type endpoints = MAP_OF(endpoint_pointer);

/* network.NetworkingConfig. */
static const struct field networking[] = {FIELD("EndpointsConfig", endpoints)};
static const struct type networking_type = STRUCT_OF(networking);
const struct type schema_networking_pointer = POINTER_TO(networking_type);

static const struct field ipam_pool[] = {
    FIELD("Subnet", schema_string),
    FIELD("IPRange", schema_string),
    FIELD("Gateway", schema_string),
    FIELD("AuxiliaryAddresses", schema_string_map),
};
static const struct type ipam_pool_type = STRUCT_OF(ipam_pool);
static const struct type ipam_pools = LIST_OF(ipam_pool_type);

/* network.IPAM. */
static const struct field ipam[] = {
    FIELD("Driver", schema_string),
    FIELD("Options", schema_string_map),
    FIELD("Config", ipam_pools),
};
static const struct type ipam_type = STRUCT_OF(ipam);
static const struct type ipam_pointer = POINTER_TO(ipam_type);

static const struct field config_reference[] = {FIELD("Network", schema_string)};
static const struct type config_reference_type = STRUCT_OF(config_reference);
const struct type schema_config_reference_pointer = POINTER_TO(config_reference_type);

/* network.CreateRequest; types.NetworkCreateRequest before 29. Attachable: API 1.25; Ingress: 1.29;
 * Scope, ConfigOnly and ConfigFrom: 1.30; EnableIPv4: 1.48; CheckDuplicate: until 28. EnableIPv6 is
 * a plain bool until 26. */
static const struct field create[] = {
    FIELD("Name", schema_string),
    FIELD("CheckDuplicate", schema_bool),
    FIELD("Driver", schema_string),
    FIELD("Scope", schema_string),
    FIELD("EnableIPv4", schema_bool_pointer),
    FIELD("EnableIPv6", schema_bool),
    FIELD("IPAM", ipam_pointer),
    FIELD("Internal", schema_bool),
    FIELD("Attachable", schema_bool),
    FIELD("Ingress", schema_bool),
    FIELD("ConfigOnly", schema_bool),
    FIELD("ConfigFrom", schema_config_reference_pointer),
    FIELD("Options", schema_string_map),
    FIELD("Labels", schema_string_map),
};
const struct type schema_network_create = STRUCT_OF(create);

/* network.ConnectRequest. */
static const struct field connect[] = {
    FIELD("Container", schema_string),
    FIELD("EndpointConfig", endpoint_pointer),
};
const struct type schema_network_connect = STRUCT_OF(connect);

/* network.DisconnectRequest. */
static const struct field disconnect[] = {
    FIELD("Container", schema_string),
    FIELD("Force", schema_bool),
};
const struct type schema_network_disconnect = STRUCT_OF(disconnect);
