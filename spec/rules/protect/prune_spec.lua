local engine = require("engine")

local RULE = "protect.prune"

local function prune(kind, filters)
  return engine.call("POST", "/" .. kind .. "/prune?filters=" .. filters:gsub("[^%w]", function(c)
    return ("%%%02X"):format(c:byte())
  end))
end

describe(RULE, function()
  local policy = engine.with_params(RULE, "")

  engine.denies(RULE, {
    ["a prune of containers"] = engine.call("POST", "/containers/prune"),
    ["a prune of volumes"] = engine.call("POST", "/volumes/prune"),
    ["a prune of the build cache"] = engine.call("POST", "/build/prune"),
    ["one with another filter"] = prune("containers", [[{"until":["24h"]}]]),
    ["one with a filter of nothing"] = prune("containers", [[{"label":{}}]]),
    ["one whose filters cannot be read"] = prune("containers", "label=x"),
    ["one that spares a label"] = prune("containers", [[{"label!":{"a":true}}]]),
  }, policy)

  engine.allows({
    ["one by label"] = prune("containers", [[{"label":{"team=web":true}}]]),
    ["one by label in the older form"] = prune("images", [[{"label":["team=web"]}]]),
    ["deleting one by name"] = engine.call("DELETE", "/containers/web"),
  }, policy)

  it("says what to add", function()
    assert.equal("[protect.prune] this prune deletes whatever is unused, of kind volume (filters). "
      .. "Fix: add --filter label=NAME.", engine.decide(engine.call("POST", "/volumes/prune"), policy).msg)
  end)

  describe("with values", function()
    local own = engine.with_params(RULE, [[values = { "team=web" }]])

    engine.denies(RULE, {
      ["another value"] = prune("containers", [[{"label":["team=db"]}]]),
      ["the label alone"] = prune("containers", [[{"label":["team"]}]]),
    }, own)
    engine.allows({ ["the value"] = prune("containers", [[{"label":["team=web"]}]]) }, own)
  end)

  describe("with no filters", function()
    local never = engine.with_params(RULE, "filters = {}")

    engine.denies(RULE, { ["any prune"] = prune("containers", [[{"label":["a"]}]]) }, never)
  end)
end)
