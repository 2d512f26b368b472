local engine = require("engine")

local RULE = "network.options"
local BRIDGE = "com.docker.network.bridge."

local function network(options, body)
  body = body or {}
  body.Name, body.Options = "n", options
  return engine.call("POST", "/networks/create", body)
end

local function bridge(option, value)
  return network({ [BRIDGE .. option] = value })
end

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["a bridge that the host has"] = bridge("name", "docker0"),
    ["the same in settings for other networks"] = network({ [BRIDGE .. "name"] = "docker0" },
      { Driver = "null", ConfigOnly = true }),
    ["keys of the body in another case"] = engine.call("POST", "/networks/create",
      [[{"name":"n","oPtions":{"com.docker.network.bridge.name":"docker0"}}]]),
    ["the engine's own bridge"] = bridge("default_bridge", "true"),
    ["ports that nobody published"] = bridge("gateway_mode_ipv4", "nat-unprotected"),
    ["containers that the network reaches"] = bridge("gateway_mode_ipv4", "routed"),
    ["the same over IPv6"] = bridge("gateway_mode_ipv6", "routed"),
    ["interfaces that reach containers"] = bridge("trusted_host_interfaces", "eth0:eth1"),
    ["ports on an address of the host"] = bridge("host_binding_ipv4", "192.0.2.1"),
    ["ports on all addresses"] = bridge("host_binding_ipv4", "0.0.0.0"),
    ["a bridge whose addresses others set"] = bridge("inhibit_ipv4", "true"),
    ["containers' own addresses outside"] = bridge("enable_ip_masquerade", "false"),
    ["an address of the host for what is sent"] = network({ ["com.docker.network.host_ipv4"] = "192.0.2.1" }),
    ["an interface of the host"] = network({ parent = "eth0" }, { Driver = "macvlan" }),
    ["an interface with a tag"] = network({ parent = "eth0.10", ipvlan_mode = "l2" }, { Driver = "ipvlan" }),
    ["the tunnel of another network"] = network({ ["com.docker.network.driver.overlay.vxlanid_list"] = "4097" },
      { Driver = "overlay" }),
    ["what a plugin knows"] = network({ ["weave.works/multicast"] = "" }, { Driver = "weave" }),
    ["a listed option in another case"] = network({ Encrypted = "" }, { Driver = "overlay" }),
    ["a listed value and more"] = bridge("gateway_mode_ipv4", "nat "),
    ["one among others"] = network({ [BRIDGE .. "enable_icc"] = "false", [BRIDGE .. "name"] = "br-mine" }),
  }, alone)

  engine.allows({
    ["no options"] = network(nil),
    ["null"] = engine.call("POST", "/networks/create", [[{"Name":"n","Options":null}]]),
    ["containers that do not reach each other"] = bridge("enable_icc", "false"),
    ["the usual gateway"] = bridge("gateway_mode_ipv4", "nat"),
    ["no gateway at all"] = network({ [BRIDGE .. "gateway_mode_ipv4"] = "isolated" }, { Internal = true }),
    ["ports for the host alone"] = bridge("host_binding_ipv4", "127.0.0.1"),
    ["the size of packets"] = network({ ["com.docker.network.driver.mtu"] = "1450" }),
    ["an encrypted overlay"] = network({ encrypted = "" }, { Driver = "overlay" }),
    ["a label, which no driver reads"] = network(nil, { Labels = { [BRIDGE .. "name"] = "docker0" } }),
  }, alone)

  it("says what to leave out, and not the value, which may be a password", function()
    assert.equal("[network.options] this value of network option com.docker.network.bridge.name is not allowed "
      .. "(Options). Fix: leave out --opt com.docker.network.bridge.name.",
      engine.decide(bridge("name", "docker0"), alone).msg)
  end)

  describe("with a list of the site's own", function()
    local own = engine.alone(RULE, [[allow = { "parent=eth0.1?" }]])

    engine.denies(RULE, {
      ["an interface that is not listed"] = network({ parent = "eth0" }, { Driver = "macvlan" }),
      ["what is listed without it"] = bridge("enable_icc", "false"),
    }, own)
    engine.allows({ ["one that is"] = network({ parent = "eth0.10" }, { Driver = "macvlan" }) }, own)
  end)
end)
