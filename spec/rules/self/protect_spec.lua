local engine = require("engine")

local RULE = "self.protect"

local function disable(name)
  return engine.call("POST", "/plugins/" .. name .. "/disable?force=1")
end

describe(RULE, function()
  local policy = engine.alone(RULE)

  engine.denies(RULE, {
    ["its name"] = disable("lua-authz"),
    ["its name with a tag"] = disable("lua-authz:latest"),
    ["its name with a digest"] = disable("lua-authz@sha256:" .. ("a"):rep(64)),
    ["its full reference"] = disable("docker.io/library/lua-authz:latest"),
    ["a reference to another registry"] = disable("registry.example.com/tools/lua-authz:1.2"),
    ["percent encoding"] = disable("lua%2Dauthz"),
    ["what may begin its id"] = disable("3f2"),
    ["a whole id"] = disable(("0"):rep(64)),
    ["deleting it"] = engine.call("DELETE", "/plugins/lua-authz?force=1"),
    ["changing its settings"] = engine.call("POST", "/plugins/lua-authz/set", [=[["POLICY=/x"]]=]),
    ["upgrading it"] = engine.call("POST", "/plugins/lua-authz/upgrade?remote=evil%2Fplugin", "[]"),
    ["switching it on again"] = engine.call("POST", "/plugins/lua-authz/enable"),
    ["installing another under its name"] =
      engine.call("POST", "/plugins/pull?remote=evil%2Fplugin&name=lua-authz", "[]"),
    ["creating one of its name"] = engine.call("POST", "/plugins/create?name=lua-authz:latest"),
  }, policy)

  engine.allows({
    ["another plugin"] = disable("sshfs"),
    ["a name that only starts like it"] = disable("lua-authz-tools"),
    ["a name that only ends like it"] = disable("my-lua-authz"),
    ["reading its settings"] = engine.call("GET", "/plugins/lua-authz/json"),
    ["installing another"] = engine.call("POST", "/plugins/pull?remote=vieux%2Fsshfs", "[]"),
    ["creating one with a name of hex digits"] = engine.call("POST", "/plugins/create?name=cafe"),
  }, policy)

  it("is in force in the baseline", function()
    assert.matches("[self.protect] the authorization plugin lua-authz may not be changed through the API. "
      .. "Fix: take its name out of daemon.json on the host first.", engine.decide(disable("lua-authz")).msg, 1, true)
  end)

  it("asks for the name where an id is sent", function()
    assert.equal("[self.protect] 3f2 may be the id of the authorization plugin. Fix: give the plugin by its name.",
      engine.decide(disable("3f2"), policy).msg)
  end)

  describe("with a name of the site's own", function()
    local named = engine.alone(RULE, [[names = { "guard" }]])

    engine.denies(RULE, { ["it"] = disable("guard:latest") }, named)
    engine.allows({ ["the usual one"] = disable("lua-authz") }, named)
  end)
end)
