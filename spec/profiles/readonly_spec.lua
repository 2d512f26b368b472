local casefile = require("casefile")
local engine = require("engine")

local policy = casefile.extending("readonly")

describe("readonly", function()
  engine.denies("access.read-only", {
    ["a new container"] = engine.create({}),
    ["a start"] = engine.call("POST", "/containers/web/start"),
    ["a deletion"] = engine.call("DELETE", "/containers/web"),
    ["a command in a container"] = engine.exec({ Cmd = { "id" } }),
    ["a terminal"] = engine.call("POST", "/containers/web/attach?stream=1&stdin=1"),
    ["a terminal over a websocket"] = engine.call("GET", "/containers/web/attach/ws"),
    ["a pull"] = engine.call("POST", "/images/create?fromImage=alpine&tag=3.20"),
    ["a whole image"] = engine.call("GET", "/images/alpine/get"),
    ["a whole file system"] = engine.call("GET", "/containers/web/export"),
    ["files out of a container"] = engine.call("GET", "/containers/web/archive?path=/etc"),
    ["files into a container"] = engine.call("PUT", "/containers/web/archive?path=/"),
    ["a prune"] = engine.call("POST", "/containers/prune"),
    ["a change by a user with a name"] = engine.as("alice", engine.create({})),
  }, policy)

  engine.denies("secret.read-config", {
    ["the tokens to join the swarm"] = engine.call("GET", "/swarm"),
    ["the contents of configs"] = engine.call("GET", "/configs/app"),
  }, policy)
  engine.denies("swarm.admin", { ["the key of the swarm"] = engine.call("GET", "/swarm/unlockkey") }, policy)

  engine.allows({
    ["a greeting"] = engine.call("HEAD", "/_ping"),
    ["the list of containers"] = engine.call("GET", "/containers/json?all=1"),
    ["a look at a container"] = engine.call("GET", "/containers/web/json"),
    ["logs"] = engine.call("GET", "/containers/web/logs?stdout=1"),
    ["events"] = engine.call("GET", "/events"),
    ["settings of the engine"] = engine.call("GET", "/info"),
    ["disk use"] = engine.call("GET", "/system/df"),
  }, policy)

  it("leaves baseline to those who are not bound", function()
    local site = { ["policy.lua"] = [[return profile { id = "site", extends = "readonly", rules = {
      ["access.read-only"] = { params = { users = { "guest-*" } } } } }]] }
    local verdicts = engine.decide_all({
      engine.as("guest-1", engine.create({})),
      engine.as("alice", engine.create({})),
      engine.as("alice", engine.create({ Privileged = true })),
    }, site)
    assert.matches("[access.read-only]", verdicts[1].msg, 1, true)
    assert.is_true(verdicts[2].allow)
    assert.matches("[container.no-privileged]", verdicts[3].msg, 1, true)
  end)
end)
