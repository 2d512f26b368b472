local engine = require("engine")

local RULE = "plugin.admin"

local function plugin(call)
  return engine.call("POST", "/plugins/" .. call)
end

local pull = engine.call("POST", "/plugins/pull?remote=docker.io%2Fx%2Fy", "[]")

describe(RULE, function()
  engine.denies(RULE, {
    ["installing"] = pull,
    ["creating"] = plugin("create?name=x"),
    ["switching on"] = plugin("x/enable?timeout=0"),
    ["switching off"] = plugin("x/disable?force=1"),
    ["pushing"] = plugin("x/push"),
    ["upgrading"] = engine.call("POST", "/plugins/x/upgrade?remote=y", "[]"),
    ["changing settings"] = engine.call("POST", "/plugins/x/set", [=[["DEBUG=1"]]=]),
    ["deleting"] = engine.call("DELETE", "/plugins/x"),
    ["a user with a certificate"] = engine.as("alice", plugin("x/disable")),
  })

  engine.allows({
    ["listing"] = engine.call("GET", "/plugins"),
    ["reading settings"] = engine.call("GET", "/plugins/x/json"),
    ["asking what rights a plugin wants"] = engine.call("GET", "/plugins/privileges?remote=x"),
  })

  it("says who may", function()
    assert.matches("[plugin.admin] the engine's plugins are managed by administrators only. "
      .. "Fix: ask an administrator of this engine.", engine.decide(pull).msg, 1, true)
  end)

  describe("with administrators", function()
    local policy = engine.with_params(RULE, [[users = { "ops-*" }]])

    engine.denies(RULE, {
      ["others"] = engine.as("alice", plugin("x/disable")),
      ["a name that only ends like theirs"] = engine.as("xops-1", plugin("x/disable")),
      ["callers without a name"] = plugin("x/disable"),
    }, policy)
    engine.allows({ ["them"] = engine.as("ops-1", plugin("x/disable")) }, policy)
  end)
end)
