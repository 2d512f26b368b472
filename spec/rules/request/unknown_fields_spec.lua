local engine = require("engine")

local RULE = "request.unknown-fields"

describe(RULE, function()
  local policy = engine.with_params(RULE, "")

  engine.denies(RULE, {
    ["a field of HostConfig that nobody knows"] = engine.create({ Shiny = true }),
    ["one at the top"] = engine.create({}, { Shiny = 1 }),
    ["one of a volume"] = engine.volume({ Name = "v", Shiny = {} }),
    ["one beside fields that are known"] = engine.exec({ Cmd = { "id" }, Shiny = "x" }),
  }, policy)

  engine.allows({
    ["known fields"] = engine.create({ Memory = 1048576 }, { Labels = { Shiny = "x" } }),
    ["known fields in another case"] = engine.create({ memory = 1048576 }),
    ["keys of a map"] = engine.create({ Sysctls = { ["net.ipv4.tcp_syncookies"] = "1" } }),
    ["a call without a body"] = engine.call("GET", "/containers/json"),
  }, policy)

  it("names each field", function()
    assert.equal("[request.unknown-fields] this plugin does not know what the field does (HostConfig.Shiny). "
      .. "Fix: leave it out, or update the plugin.", engine.decide(engine.create({ Shiny = true }), policy).msg)
  end)

  describe("with ignored fields", function()
    local some = engine.with_params(RULE, [[ignore = { "HostConfig.Shi*" }]])

    engine.denies(RULE, { ["others"] = engine.create({ Bright = true }) }, some)
    engine.allows({ ["these"] = engine.create({ Shiny = true }) }, some)
  end)
end)
