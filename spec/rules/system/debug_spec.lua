local engine = require("engine")

local RULE = "system.debug"

describe(RULE, function()
  engine.denies(RULE, {
    ["the counters"] = engine.call("GET", "/debug/vars"),
    ["a profile"] = engine.call("GET", "/debug/pprof/profile"),
    ["writing there"] = engine.call("POST", "/debug/pprof/symbol"),
  })

  engine.allows({
    ["the engine's settings"] = engine.call("GET", "/info"),
    ["its versions"] = engine.call("GET", "/version"),
    ["a container called debug"] = engine.call("GET", "/containers/debug/json"),
  })

  it("says who can", function()
    assert.equal("[system.debug] the engine's debugging pages are not open to clients. "
      .. "Fix: an administrator can read them on the host, past this plugin.",
      engine.decide(engine.call("GET", "/debug/vars")).msg)
  end)
end)
