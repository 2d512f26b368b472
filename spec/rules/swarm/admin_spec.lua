local engine = require("engine")

local RULE = "swarm.admin"

local function init(spec)
  return engine.call("POST", "/swarm/init", { ListenAddr = "0.0.0.0", Spec = spec })
end

local function autolock(on)
  return { EncryptionConfig = { AutoLockManagers = on } }
end

describe(RULE, function()
  engine.denies(RULE, {
    ["starting a swarm"] = init({}),
    ["joining one"] = engine.call("POST", "/swarm/join", { RemoteAddrs = { "10.0.0.1" }, JoinToken = "x" }),
    ["leaving"] = engine.call("POST", "/swarm/leave?force=1"),
    ["changing it"] = engine.call("POST", "/swarm/update?version=1", {}),
    ["unlocking"] = engine.call("POST", "/swarm/unlock", { UnlockKey = "x" }),
    ["reading the unlock key"] = engine.call("GET", "/swarm/unlockkey"),
    ["changing a node"] = engine.call("POST", "/nodes/n1/update?version=1", { Role = "manager" }),
    ["removing a node"] = engine.call("DELETE", "/nodes/n1?force=1"),
  })

  engine.allows({
    ["listing nodes"] = engine.call("GET", "/nodes"),
    ["reading a node"] = engine.call("GET", "/nodes/n1"),
    ["listing services"] = engine.call("GET", "/services"),
  })

  it("says who may", function()
    assert.equal("[swarm.admin] the swarm is managed by administrators only. "
      .. "Fix: ask an administrator of this swarm.", engine.decide(init({})).msg)
  end)

  describe("with administrators and autolock", function()
    local policy = engine.with_params(RULE, [[users = { "ops" }, autolock = "required"]])

    engine.denies(RULE, {
      ["others"] = engine.as("alice", init(autolock(true))),
      ["a swarm whose managers open by themselves"] = engine.as("ops", init({})),
      ["one that says so"] = engine.as("ops", init(autolock(false))),
      ["switching the lock off"] = engine.as("ops", engine.call("POST", "/swarm/update?version=1", autolock(false))),
    }, policy)
    engine.allows({
      ["a locked swarm"] = engine.as("ops", init(autolock(true))),
      ["keeping the lock"] = engine.as("ops", engine.call("POST", "/swarm/update?version=1", autolock(true))),
      ["leaving"] = engine.as("ops", engine.call("POST", "/swarm/leave")),
    }, policy)
  end)
end)
