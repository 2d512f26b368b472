local engine = require("engine")

local RULE = "network.driver"

local function network(body)
  body.Name = "n"
  return engine.call("POST", "/networks/create", body)
end

describe(RULE, function()
  local policy = engine.with_params(RULE, "")

  engine.denies(RULE, {
    ["a network in the LAN"] = network({ Driver = "macvlan" }),
    ["another kind of it"] = network({ Driver = "ipvlan" }),
    ["the host's network"] = network({ Driver = "host" }),
    ["a plugin's network"] = network({ Driver = "weave" }),
    ["the word in another case"] = network({ Driver = "Bridge" }),
    ["no network at all"] = network({ Driver = "null" }),
    ["the same that says it is not for settings"] = network({ Driver = "null", ConfigOnly = false }),
    ["settings for a network in the LAN"] = network({ Driver = "macvlan", ConfigOnly = true }),
  }, policy)

  engine.allows({
    ["a bridge"] = network({ Driver = "bridge" }),
    ["no driver, which is a bridge"] = network({}),
    ["an empty driver"] = network({ Driver = "" }),
    ["an overlay"] = network({ Driver = "overlay" }),
    ["settings for others"] = network({ Driver = "null", ConfigOnly = true }),
  }, policy)

  it("says which driver may be", function()
    assert.equal("[network.driver] network driver macvlan is not allowed (Driver). Fix: use bridge or overlay.",
      engine.decide(network({ Driver = "macvlan" }), policy).msg)
  end)

  describe("with a list of the site's own", function()
    local own = engine.with_params(RULE, [[allow = { "macvlan" }]])

    engine.denies(RULE, { ["a bridge"] = network({ Driver = "bridge" }), ["no driver"] = network({}) }, own)
    engine.allows({ ["a listed driver"] = network({ Driver = "macvlan" }) }, own)
  end)
end)
