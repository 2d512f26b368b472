local engine = require("engine")

local RULE = "secret.read-config"

local function get(path)
  return engine.call("GET", path)
end

describe(RULE, function()
  local policy = engine.with_params(RULE, [[users = { "ops" }]])

  engine.denies(RULE, {
    ["reading a config"] = get("/configs/c1"),
    ["listing configs, with their contents"] = get("/configs"),
    ["reading the join tokens"] = get("/swarm"),
    ["another user"] = engine.as("alice", get("/configs/c1")),
  }, policy)

  engine.allows({
    ["listing secrets, without their contents"] = get("/secrets"),
    ["reading a secret's settings"] = get("/secrets/s1"),
    ["creating a config"] = engine.call("POST", "/configs/create", { Name = "c", Data = "YQ==" }),
    ["a listed user"] = engine.as("ops", get("/configs/c1")),
  }, policy)

  it("says what is restricted", function()
    assert.equal("[secret.read-config] reading the swarm's join tokens is restricted. "
      .. "Fix: ask an administrator of this swarm.", engine.decide(get("/swarm"), policy).msg)
  end)
end)
