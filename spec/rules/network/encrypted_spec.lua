local engine = require("engine")

local RULE = "network.encrypted"

local function overlay(options)
  return engine.call("POST", "/networks/create", { Name = "n", Driver = "overlay", Options = options })
end

describe(RULE, function()
  local policy = engine.with_params(RULE, "")

  engine.denies(RULE, {
    ["an overlay that says nothing"] = overlay(nil),
    ["one with other options"] = overlay({ ["com.docker.network.driver.mtu"] = "1400" }),
    ["one that says false"] = overlay({ encrypted = "false" }),
    ["one that says 0"] = overlay({ encrypted = "0" }),
    ["one whose word is no truth value"] = overlay({ encrypted = "please" }),
    ["one with the option in another case"] = overlay({ Encrypted = "" }),
  }, policy)

  engine.allows({
    ["an encrypted overlay"] = overlay({ encrypted = "" }),
    ["one that says true"] = overlay({ encrypted = "true" }),
    ["one that says 1"] = overlay({ encrypted = "1" }),
    ["a bridge"] = engine.call("POST", "/networks/create", { Name = "n", Driver = "bridge" }),
    ["a network of no driver"] = engine.call("POST", "/networks/create", { Name = "n" }),
  }, policy)

  it("says how", function()
    assert.equal("[network.encrypted] overlay networks must be encrypted (Options.encrypted). "
      .. "Fix: add --opt encrypted.", engine.decide(overlay(nil), policy).msg)
  end)
end)
