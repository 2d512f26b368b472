local engine = require("engine")

local RULE = "network.subnets"

local function network(...)
  local pools = {}
  for i, subnet in ipairs({ ... }) do
    pools[i] = { Subnet = subnet }
  end
  return engine.call("POST", "/networks/create", { Name = "n", IPAM = { Config = pools } })
end

describe(RULE, function()
  local alone = engine.alone(RULE)

  engine.denies(RULE, {
    ["addresses of the internet"] = network("203.0.113.0/24"),
    ["the address that clouds tell secrets at"] = network("169.254.169.254/30"),
    ["the host's own"] = network("127.0.0.0/8"),
    ["more than a listed block"] = network("10.0.0.0/7"),
    ["all there are"] = network("0.0.0.0/0"),
    ["the same over IPv6"] = network("::/0"),
    ["addresses of the internet over IPv6"] = network("2001:db8::/32"),
    ["half of all, written as IPv6"] = network("::ffff:10.0.0.0/97"),
    ["what is no subnet"] = network("10.0.0.0"),
    ["what is no number"] = network("10.0.0.0/x"),
    ["one among others"] = network("10.1.0.0/24", "203.0.113.0/24"),
    ["settings for other networks"] = engine.call("POST", "/networks/create", { Name = "n", ConfigOnly = true,
      Driver = "null", IPAM = { Config = { { Subnet = "203.0.113.0/24" } } } }),
  }, alone)

  engine.allows({
    ["none"] = engine.call("POST", "/networks/create", { Name = "n" }),
    ["an empty one, which the engine takes from its pools"] = network(""),
    ["private addresses"] = network("10.1.2.0/24"),
    ["a whole block"] = network("172.16.0.0/12"),
    ["private addresses over IPv6"] = network("192.168.7.0/24", "fd00:1::/64"),
  }, alone)

  it("says what to take", function()
    assert.equal("[network.subnets] a network may not have the addresses 203.0.113.0/24 (IPAM.Config[1].Subnet). "
      .. "Fix: take a part of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7.",
      engine.decide(network("203.0.113.0/24"), alone).msg)
  end)

  engine.denies(RULE, { ["any, where none is listed"] = network("10.0.0.0/24") }, engine.alone(RULE, "allow = {}"))
  engine.denies(RULE, { ["what a block without bits begins"] = network("203.0.113.7/8") },
    engine.alone(RULE, [[allow = { "203.0.113.7" }]]))
  engine.allows({ ["a listed address"] = network("203.0.113.7/32") },
    engine.alone(RULE, [[allow = { "203.0.113.0/29" }]]))
end)
